// A scope that was never left: the reference dies with a raw traceback at the end.
// flags: --layout plain
// expect: error 1
func main() {
    %{ vm_enter_scope() %}
    [ap] = 1, ap++;
    ret;
}
