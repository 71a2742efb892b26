// A text can't be stored as data.
// flags: --layout plain
// expect: error 1
func main() {
    %{ segments.load_data(segments.add(), ['text']) %}
    ret;
}
