// A reference that is a sum cannot be assigned to.
// flags: --layout plain
// expect: error 1
// message: does not reference memory and cannot be assigned
func main() {
    [ap] = 3, ap++;
    let sum = [ap - 1] + 1;
    %{ ids.sum = 5 %}
    [ap] = 1, ap++;
    ret;
}
