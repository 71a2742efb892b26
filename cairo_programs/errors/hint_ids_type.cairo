// An alias of a type is nothing that a hint can read.
// flags: --layout plain
// expect: error 1
// message: NotImplementedError: Unsupported identifier type
using Word = felt;

func main() {
    %{ print(ids.Word) %}
    [ap] = 1, ap++;
    return ();
}
