// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        def g():
            yield 1
            raise ValueError("g")
        list(g())
    %}
    [ap] = 1, ap++;
    return ();
}
