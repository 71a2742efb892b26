// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        def f(n):
            if n == 0:
                raise ValueError
            f(n - 1)
        f(4)
    %}
    [ap] = 1, ap++;
    return ();
}
