// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        e = ValueError("v")
        e.add_note("note one")
        e.add_note("note two")
        raise e
    %}
    [ap] = 1, ap++;
    return ();
}
