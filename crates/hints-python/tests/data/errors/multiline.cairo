// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        raise ValueError("one\ntwo")
    %}
    [ap] = 1, ap++;
    return ();
}
