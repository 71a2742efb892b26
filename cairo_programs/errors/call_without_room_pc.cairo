// flags: --layout plain
// expect: error 1
// message: Call failed to write return-pc (inconsistent op0): 5 != 0:4. Did you forget to increment ap?
func main() {
    [ap + 1] = 5;
    call nothing;
    ret;
}

func nothing() {
    ret;
}
