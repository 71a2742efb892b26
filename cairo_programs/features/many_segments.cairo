// A thousand segments, every tenth in use.
// flags: --layout plain
// expect: ok
func main() {
    %{
        for number in range(1000):
            base = segments.add()
            if number % 10 == 0:
                memory[base + number % 7] = number
    %}
    ret;
}
