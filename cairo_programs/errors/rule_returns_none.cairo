// A validation rule has to name the cells that it found fine, in a set.
// flags: --layout plain
// expect: error 1
func main() {
    %{
        try:
            vm_add_validation_rule(fp.segment_index, lambda memory, addr: None)
            memory[ap + 4] = 18
        except TypeError as error:
            print(error)
    %}
    tempvar a = 1;
    ret;
}
