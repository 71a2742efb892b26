// flags: --layout plain
// expect: error 1
// message: ValueError: no such thing
func main() {
    [ap] = 1, ap++;
    %{
        print('before')
        raise ValueError('no such thing')
        print('after')
    %}
    [ap] = 2, ap++;
    ret;
}
