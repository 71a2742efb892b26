// flags: --layout plain
// expect: error 1
// message: TypeError
func main() {
    tempvar x = nondet %{ None %};
    ret;
}
