// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        x = 1
    %}
    [ap] = 1, ap++;
    %{
        y = = 2
    %}
    [ap] = 1, ap++;
    return ();
}
