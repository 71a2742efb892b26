// A hint that is never reached does nothing, whatever names it uses.
// flags: --layout plain
// expect: ok
func main() {
    jmp over;
    %{ this_name_is_unknown(ids.neither_is_this) %}
    [ap] = 1, ap++;
    over:
    ret;
}
