// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        class A:
            def m(self):
                raise RuntimeError("in m")
        A().m()
    %}
    [ap] = 1, ap++;
    return ();
}
