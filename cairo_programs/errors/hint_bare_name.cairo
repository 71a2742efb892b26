// A "hint" that is only a name: known to some other runner, a NameError here.
// flags: --layout plain
// expect: error 1
// message: NameError
func main() {
    %{ OUR_OWN_HINT_NAME %}
    [ap] = 1, ap++;
    ret;
}
