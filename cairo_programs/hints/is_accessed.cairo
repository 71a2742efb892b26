// is_accessed counts what instructions touched, not what hints did.
// flags: --layout plain
// expect: ok
func main() {
    [ap] = 1, ap++;
    %{
        memory[ap + 5] = 9
        print(is_accessed(fp), is_accessed(ap), is_accessed(ap + 5), is_accessed(pc), is_accessed(fp - 1))
    %}
    [ap] = [ap - 1], ap++;
    ret;
}
