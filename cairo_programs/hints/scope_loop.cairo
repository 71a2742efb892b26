// A hint in a loop keeps its own count and feeds the program.
// flags: --layout plain
// expect: ok
func main() {
    %{
        from itertools import count
        numbers = count(3)
        visits = {}
    %}
    [ap] = 5, ap++;
    loop:
    %{
        visits[pc.offset] = visits.get(pc.offset, 0) + 1
        memory[ap] = next(numbers)
    %}
    ap += 1;
    [ap] = [ap - 2] - 1, ap++;
    jmp loop if [ap - 1] != 0;
    %{ print(visits, next(numbers)) %}
    [ap] = 0, ap++;
    ret;
}
