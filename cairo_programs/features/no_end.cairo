// Stopped in the middle of an endless loop: no end is asked for.
// flags: --layout plain --no_end --steps 7 --no_secure_run
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 1, ap++;
    loop:
    [ap] = [ap - 1] + 1, ap++;
    jmp loop;
}
