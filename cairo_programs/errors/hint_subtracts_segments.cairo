// Addresses of two segments have no difference.
// flags: --layout plain
// expect: error 1
func main() {
    %{ pc - fp %}
    ret;
}
