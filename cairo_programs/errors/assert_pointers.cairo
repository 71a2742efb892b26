// flags: --layout plain
// expect: error 1
// message: An ASSERT_EQ instruction failed: 2:0 != 3:0.
func main() {
    [fp - 2] = [fp - 1];
    ret;
}
