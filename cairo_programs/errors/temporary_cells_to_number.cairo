// The cells of a temporary segment can't go to a number.
// flags: --layout plain
// expect: error 1
// message: Expected memory address to be relocatable value. Found: 5.
func main() {
    %{
        start = segments.add_temp_segment()
        memory[start] = 1
        memory.add_relocation_rule(src_ptr=start, dest_ptr=5)
    %}
    [ap] = 1, ap++;
    return ();
}
