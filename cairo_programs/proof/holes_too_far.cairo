// A hole that asks for more steps than a run may make.
// flags: --layout plain --proof_mode
// compile: --proof_mode
// expect: error 1
// message: --max_steps sets another limit
// compare: no (the reference would make the steps of the padding one by one)
func main() {
    ap += 2 ** 55;
    [ap] = 1, ap++;
    return ();
}
