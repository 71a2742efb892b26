// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        ids.v = 3.5
    %}
    [ap] = 1, ap++;
    return ();
}
