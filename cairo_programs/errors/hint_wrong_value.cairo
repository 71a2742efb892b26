// The hint's value is not what the instruction wants.
// flags: --layout plain
// expect: error 1
// message: An ASSERT_EQ instruction failed: 4 != 3.
func main() {
    %{ memory[ap] = 4 %}
    [ap] = 3, ap++;
    ret;
}
