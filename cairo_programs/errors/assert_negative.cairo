// Values in messages are printed unsigned.
// flags: --layout plain
// expect: error 1
// message: An ASSERT_EQ instruction failed: 3618502788666131213697322783095070105623107215331596699973092056135872020480 != 1.
func main() {
    [ap] = -1, ap++;
    [ap - 1] = 1;
    ret;
}
