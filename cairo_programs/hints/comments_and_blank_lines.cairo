// Hints that are empty, only comments, with blank lines, odd indentation and continuation lines.
// flags: --layout plain
// expect: ok
func main() {
    %{
    %}
    %{ # only a comment %}
    %{

        # A comment first.

        a = (1 +
             2)
        b = a \
            + 1

        if b:
          print(a, b)


    %}
    %{ pass %}
    [ap] = 1, ap++;
    %{
            print('deeply indented')
            if True:
                print('more')
    %}
    ret;
}
