// vm_enter_scope and vm_exit_scope: what the new scope holds, when it takes effect, nesting.
// flags: --layout plain
// expect: ok
func main() {
    %{
        outer = 'outer'
        shared = [1, 2]
        def show(): return outer
        vm_enter_scope({'given': 5, 'shared': shared, 'show': show})
        print('still', outer)
        late = 'late'
    %}
    [ap] = 1, ap++;
    %{
        print(given, shared, 'outer' in globals(), 'late' in globals())
        given += 1
        shared.append(3)
        print(show())
        inner = True
        vm_enter_scope()
    %}
    [ap] = 2, ap++;
    %{
        print('given' in globals(), 'inner' in globals(), 'shared' in globals())
        print(sorted(name for name in globals() if name in ('ids', 'memory', 'segments', 'PRIME', 'fadd', 'program_input')))
        vm_exit_scope()
        print('given' in globals())
    %}
    [ap] = 3, ap++;
    %{
        print(given, inner)
        vm_exit_scope()
    %}
    [ap] = 4, ap++;
    %{
        print(outer, late, shared, 'given' in globals())
        try:
            vm_exit_scope()
        except Exception as error:
            print(type(error).__name__, error)
    %}
    [ap] = 5, ap++;
    ret;
}
