// flags: --layout plain
// expect: error 1
// message: is revoked
func main() {
    [ap] = 3, ap++;
    let value = [ap - 1];
    ap += [fp];
    %{ print(ids.value) %}
    [ap] = 1, ap++;
    ret;
}
