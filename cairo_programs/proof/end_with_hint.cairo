// A hint at the end runs each time.
// flags: --layout plain --proof_mode
// expect: ok
__start__:
[ap] = 5, ap++;
call main;

__end__:
%{ print("end", current_step) %}
jmp rel 0;

func main() {
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
