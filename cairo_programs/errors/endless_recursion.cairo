// flags: --layout plain --steps 2000
// expect: error 1
// message: End of program was not reached
func again() {
    again();
    return ();
}

func main() {
    again();
    return ();
}
