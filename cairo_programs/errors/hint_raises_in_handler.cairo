// An exception while another is handled.
// flags: --layout plain
// expect: error 1
func main() {
    %{
        try:
            1 // 0
        except ZeroDivisionError:
            raise ValueError("while handling")
    %}
    ret;
}
