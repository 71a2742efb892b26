// flags: --layout plain
// expect: error 1
// message: An ASSERT_EQ instruction failed: 2:0 != 7.
func main() {
    [fp - 2] = 7;
    ret;
}
