// A computed jump into a table of jumps, for every index.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func pick(index: felt) -> (r: felt) {
    alloc_locals;
    local distance = index + index;
    // Each entry is a jump of two words; the first one stands one word after this jump.
    [ap] = distance + 1, ap++;
    jmp rel [ap - 1];
    jmp zero;
    jmp one;
    jmp two;
    jmp three;

    zero:
    return (r=100);

    one:
    return (r=111);

    two:
    return (r=122);

    three:
    // The compiler does not see how control gets here, so it knows no names.
    [ap] = [fp] * 1000, ap++;
    ret;
}

func answers() -> (a: felt, b: felt, c: felt, d: felt) {
    alloc_locals;
    let (local a) = pick(0);
    let (local b) = pick(1);
    let (local c) = pick(2);
    let (local d) = pick(3);
    return (a=a, b=b, c=c, d=d);
}

func main() {
    answers();
    return ();
}
