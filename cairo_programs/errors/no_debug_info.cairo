// Without debug information there are only addresses.
// flags: --layout plain
// expect: error 1
// compile: --no_debug_info
func fail() {
    assert 1 = 2;
    return ();
}

func main() {
    fail();
    return ();
}
