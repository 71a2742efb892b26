// A loop by label with values carried by ap, and a loop with a jump out of its middle.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func main() {
    [ap] = 10, ap++;
    [ap] = 1, ap++;
    loop:
    [ap] = [ap - 2] - 1, ap++;
    [ap] = [ap - 2] * 2, ap++;
    jmp loop if [ap - 2] != 0;
    [ap - 1] = 1024;

    tempvar n = 7;
    tempvar collatz_steps = 0;
    again:
    tempvar is_one = n - 1;
    tempvar n = n;
    tempvar collatz_steps = collatz_steps;
    jmp next if [ap - 3] != 0;
    jmp out;
    next:
    tempvar half = n / 2;
    tempvar n = n - 2;
    tempvar collatz_steps = collatz_steps + 1;
    jmp again if [ap - 2] != 0;
    out:
    ret;
}
