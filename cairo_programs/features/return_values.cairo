// Main returns values though no builtin asks for any.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func answers() -> (a: felt, b: felt*, c: felt) {
    return (a=-7, b=cast([fp - 2], felt*), c=1 / 3);
}

func main() {
    answers();
    return ();
}
