// flags: --layout plain
// expect: error 1
// message: Cannot exit main scope.
func main() {
    %{ vm_exit_scope() %}
    [ap] = 1, ap++;
    ret;
}
