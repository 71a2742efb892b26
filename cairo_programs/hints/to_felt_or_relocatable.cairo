// The coercion that nondet hints use, called by hand.
// flags: --layout plain
// expect: ok
func main() {
    %{
        memory[ap] = to_felt_or_relocatable(7.9)
        memory[ap + 1] = to_felt_or_relocatable(fp)
        memory[ap + 2] = to_felt_or_relocatable('12')
        memory[ap + 3] = to_felt_or_relocatable(True)
        memory[ap + 4] = to_felt_or_relocatable(-8)
        print(to_felt_or_relocatable(-8), to_felt_or_relocatable(ap))
        try:
            to_felt_or_relocatable(None)
        except TypeError as error:
            print('refused')
    %}
    ap += 5;
    [ap - 5] = 7;
    [ap - 4] = [ap - 4];
    [ap - 3] = 12;
    [ap - 1] = -8;
    ret;
}
