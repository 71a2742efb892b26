// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        vm_enter_scope()
    %}
    [ap] = 1, ap++;
    %{
        x = 1
    %}
    [ap] = 1, ap++;
    return ();
}
