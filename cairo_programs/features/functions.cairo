// Several functions: no arguments, many arguments, many results, tail calls, implicit arguments, unused results.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
%builtins output

func nothing() {
    return ();
}

func many(a: felt, b: felt, c: felt, d: felt, e: felt) -> (x: felt, y: felt, z: felt) {
    return (x=a + e, y=b * d, z=c);
}

func tail(a: felt) -> (x: felt, y: felt, z: felt) {
    return many(a, a + 1, a + 2, a + 3, a + 4);
}

func emit{output_ptr: felt*}(value: felt) {
    assert [output_ptr] = value;
    let output_ptr = output_ptr + 1;
    return ();
}

func emit_all{output_ptr: felt*}(x: felt, y: felt, z: felt) -> felt {
    emit(x);
    emit(y);
    emit(z);
    return x + y + z;
}

func main{output_ptr: felt*}() {
    nothing();
    let (x, y, z) = tail(10);
    let sum = emit_all(x, y, z);
    emit(value=sum);
    let s = emit_all(sum, emit_all(1, 2, 3), -1);
    emit(s);
    return ();
}
