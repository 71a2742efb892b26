// Two different felts are asserted to be equal.
// flags: --layout plain
// expect: error 1
// message: An ASSERT_EQ instruction failed: 4 != 5.
func main() {
    [ap] = 4, ap++;
    [ap - 1] = 5;
    ret;
}
