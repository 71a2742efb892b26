// The cells a call writes to hold something else.
// flags: --layout plain
// expect: error 1
// message: Call failed to write return-fp (inconsistent dst): 5 != 1:2. Did you forget to increment ap?
func main() {
    [ap] = 5;
    call nothing;
    ret;
}

func nothing() {
    ret;
}
