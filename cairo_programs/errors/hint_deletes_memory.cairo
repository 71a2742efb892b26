// flags: --layout plain
// expect: error 1
func main() {
    %{ del memory %}
    [ap] = 1, ap++;
    ret;
}
