// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        (300).to_bytes(1, "big")
    %}
    [ap] = 1, ap++;
    return ();
}
