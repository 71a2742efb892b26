// A segment that outgrew the size a hint gave it.
// flags: --layout plain
// expect: error 1
// message: Segment 4 exceeded its allocated size.
func main() {
    %{ memory[segments.add(2) + 2] = 1 %}
    [ap] = 1, ap++;
    ret;
}
