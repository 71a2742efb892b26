// The end is reached from an inner frame, without ret: fp is not the one main was called with.
// flags: --layout small
// expect: error 1
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    [ap] = [fp - 1], ap++;
    call leave;
    ret;
}

func leave() {
    jmp abs [fp - 3];
}
