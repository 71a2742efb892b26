// A message names a constant.
// flags: --layout plain
// expect: error 1
const LIMIT = 3;

func main() {
    alloc_locals;
    with_attr error_message("limit is {LIMIT}") {
        assert 1 = 2;
    }
    return ();
}
