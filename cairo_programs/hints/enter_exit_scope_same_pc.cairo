// Scope calls of the first hint hold for the second hint at the same pc; the bare one-line texts.
// flags: --layout plain
// expect: ok
func main() {
    %{ level = 0 %}
    %{ vm_enter_scope({'level': 1}) %}
    %{ print(level) %}
    %{ vm_enter_scope() %}
    %{ print('level' in globals()) %}
    %{ vm_exit_scope() %}
    %{ vm_exit_scope() %}
    %{ print(level) %}
    [ap] = 1, ap++;
    ret;
}
