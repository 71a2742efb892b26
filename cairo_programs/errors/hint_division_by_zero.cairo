// flags: --layout plain
// expect: error 1
// message: ZeroDivisionError
func main() {
    tempvar x = 0;
    %{ print(1 // ids.x) %}
    ret;
}
