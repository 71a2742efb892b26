// flags: --layout plain
// expect: error 1
// message: ModuleNotFoundError: No module named 'no_such_module_anywhere'
func main() {
    %{ import no_such_module_anywhere %}
    [ap] = 1, ap++;
    ret;
}
