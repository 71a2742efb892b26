// flags: --layout plain
// expect: error 1
// message: Unknown value for memory cell at address 1:2.
func main() {
    alloc_locals;
    local a;
    %{ print(ids.a) %}
    assert a = 1;
    ret;
}
