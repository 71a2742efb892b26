// The second of two hints at one instruction fails.
// flags: --layout plain
// expect: error 1
func main() {
    %{ first = 1 %}
    %{
        # A comment, so that the failing line is not the first.
        assert first == 2, f"{first} is not two"
    %}
    ret;
}
