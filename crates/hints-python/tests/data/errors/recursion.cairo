// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        def f(n):
            return f(n + 1)
        f(0)
    %}
    [ap] = 1, ap++;
    return ();
}
