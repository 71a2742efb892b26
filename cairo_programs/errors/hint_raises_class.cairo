// An exception of the hint's own class, without a message.
// flags: --layout plain
// expect: error 1
func main() {
    %{
        class Own(Exception):
            pass
        raise Own
    %}
    ret;
}
