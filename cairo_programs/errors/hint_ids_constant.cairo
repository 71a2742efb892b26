// A constant can't be assigned to.
// flags: --layout plain
// expect: error 1
const LIMIT = 3;

func main() {
    %{ ids.LIMIT = 4 %}
    ret;
}
