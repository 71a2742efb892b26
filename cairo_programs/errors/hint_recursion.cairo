// flags: --layout plain
// expect: error 1
// message: RecursionError
func main() {
    %{
        def forever(n): return forever(n + 1)
        forever(0)
    %}
    [ap] = 1, ap++;
    ret;
}
