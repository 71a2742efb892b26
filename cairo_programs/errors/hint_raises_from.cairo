// An exception that names its cause.
// flags: --layout plain
// expect: error 1
func main() {
    %{
        try:
            {}['key']
        except KeyError as error:
            raise ValueError("no key") from error
    %}
    ret;
}
