// Arguments of a type that has no cells.
// flags: --layout plain
// expect: error 1
// message: NotImplementedError: int is not supported.
func main() {
    %{
        from typing import NamedTuple

        class Args(NamedTuple):
            number: int

        segments.gen_typed_args(Args(number=5))
    %}
    [ap] = 1, ap++;
    return ();
}
