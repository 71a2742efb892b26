// What can be done with a pointer in a hint: sums, differences, comparison, hashing, and what fails.
// flags: --layout plain
// expect: ok
func main() {
    %{
        print(ap + 3, ap - 1, fp + 0, ap + 3 - fp)
        print(ap - fp, fp - ap, (ap - 1) - fp)
        print(ap == fp, ap != fp, ap + 1 == fp + 1, ap == 2, ap is None)
        print(fp < fp + 1, fp <= fp, fp + 5 > fp, fp >= fp + 1, memory[fp - 2] < memory[fp - 1])
        print(ap.segment_index, ap.offset, memory[fp - 1].segment_index)
        print(len({ap, fp, ap + 1}), {ap: 'a'}[fp])
        print((ap + PRIME) == ap, (ap + 2 ** 300).offset)
        print(5 < ap, 10 ** 80 < ap)
        print((ap % PRIME), (ap - 3) % PRIME)
        for action in (
            lambda: ap * 2,
            lambda: ap + fp,
            lambda: ap - memory[fp - 1],
            lambda: 5 - ap,
            lambda: ap / 2,
            lambda: int(ap),
            lambda: -ap,
        ):
            try:
                print('result', action())
            except Exception as error:
                print(type(error).__name__)
    %}
    [ap] = 1, ap++;
    ret;
}
