// `call rel` with an immediate, forward and back, and `call rel` through memory.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    call double_first;
    [ap] = 8, ap++;
    call double_it;
    [ap] = [ap - 1], ap++;
    // The distance from this call to `double_it` is read from memory.
    [ap] = -7, ap++;
    [ap] = double_it - here, ap++;
    [ap] = [ap - 2], ap++;
    here:
    call rel [ap - 2];
    ret;
}

func double_first() {
    [ap] = 21, ap++;
    call double_it;
    ret;
}

func double_it() {
    [ap] = [fp - 3] + [fp - 3], ap++;
    ret;
}
