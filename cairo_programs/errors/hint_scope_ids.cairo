// A function of an outer scope called in an inner one finds no `ids`.
// flags: --layout plain
// expect: error 1
// message: NameError
func main() {
    tempvar x = 1;
    %{
        def show(): print(ids.x)
        show()
        vm_enter_scope({'show': show})
    %}
    [ap] = 1, ap++;
    %{ show() %}
    [ap] = 2, ap++;
    ret;
}
