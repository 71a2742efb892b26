// A message of several lines.
// flags: --layout plain
// expect: error 1
func main() {
    %{ raise ValueError("first\nsecond\n\nfourth") %}
    ret;
}
