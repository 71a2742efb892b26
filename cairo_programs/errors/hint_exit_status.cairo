// A hint that ends the process: not an `Exception`, so its status comes out.
// flags: --layout plain
// expect: error 3
func main() {
    %{
        import sys
        print('leaving')
        sys.exit(3)
    %}
    [ap] = 1, ap++;
    ret;
}
