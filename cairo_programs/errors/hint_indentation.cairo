// A string over two lines takes the indentation of the whole hint with it.
// flags: --layout plain
// expect: error 1
// message: IndentationError
func main() {
    %{
        print("""one
two""")
    %}
    [ap] = 1, ap++;
    ret;
}
