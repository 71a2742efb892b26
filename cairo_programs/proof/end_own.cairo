// Labels of the program itself: the end moves, and the run goes on behind it.
// flags: --layout plain --proof_mode
// expect: ok
__start__:
[ap] = 5, ap++;
call main;

__end__:
jmp rel 2;
jmp rel -2;

func main() {
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
