// A hint that fails; the text beside this file is what the reference prints for it.
func main() {
    alloc_locals;
    local v;
    %{
        try:
            {}["k"]
        except KeyError as e:
            raise ValueError("outer") from e
    %}
    [ap] = 1, ap++;
    return ();
}
