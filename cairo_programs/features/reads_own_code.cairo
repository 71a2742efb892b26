// The program reads its own code as data: opcodes and immediates.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func return_address() -> (address: felt) {
    return (address=[fp - 1]);
}

func main() {
    call return_address;
    [ap] = [[ap - 1]], ap++;
    [ap] = [[ap - 2] - 1], ap++;
    [ap] = [[ap - 3] - 2], ap++;
    // The offset of the call, added to what stands in the code.
    [ap] = [ap - 2] + [ap - 1], ap++;
    ret;
}
