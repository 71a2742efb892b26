// A jump of more words than 64 bits can count.
// flags: --layout plain
// expect: error 1
func main() {
    jmp rel 2 ** 64 + 2;
    ret;
}
