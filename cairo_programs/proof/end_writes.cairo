// Memory is frozen when the run is lengthened.
// flags: --layout plain --proof_mode
// expect: error 1
// message: Memory is frozen and cannot be changed.
__start__:
[ap] = 5, ap++;
[ap] = 6, ap++;
call main;

__end__:
[ap] = 1, ap++;
jmp rel -2;

func main() {
    return ();
}
