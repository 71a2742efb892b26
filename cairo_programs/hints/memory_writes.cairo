// Writing memory: negatives, values beyond the prime, True, pointers, the same value twice, a clash caught.
// flags: --layout plain
// expect: ok
func main() {
    %{
        memory[ap] = -1
        memory[ap + 1] = PRIME + 7
        memory[ap + 2] = True
        memory[ap + 3] = fp
        memory[ap + 4] = fp + PRIME + 1
        memory[ap + 5] = 2 ** 1000
        memory[ap + 6] = 0
        memory[ap] = PRIME - 1
        memory[ap + 1] = 7
        print(memory[ap], memory[ap + 1], memory[ap + 2], memory[ap + 4])
        try:
            memory[ap + 1] = 8
        except Exception as error:
            print(type(error).__name__)
            print(error)
        print(memory[ap + 1])
    %}
    ap += 7;
    [ap] = [ap - 1], ap++;
    [ap - 8] = -1;
    [ap - 7] = 7;
    [ap - 6] = 1;
    [ap - 5] = [ap - 4] - 1;
    ret;
}
