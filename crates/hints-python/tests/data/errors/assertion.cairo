// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        def check(x):
            assert x > 5, f"{x} is small"
        check(7)
        check(3)
    %}
    [ap] = 1, ap++;
    return ();
}
