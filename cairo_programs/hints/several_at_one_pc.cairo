// Several hints before one instruction, run in order, each time it is reached.
// flags: --layout plain
// expect: ok
func step() {
    %{ order = globals().get('order', []) %}
    %{ order.append(1) %}
    %{ order.append(ap.offset) %}
    %{ print(order) %}
    [ap] = 1, ap++;
    ret;
}

func main() {
    step();
    step();
    %{ print(len(order)) %}
    ret;
}
