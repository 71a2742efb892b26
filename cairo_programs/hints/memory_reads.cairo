// Reading memory: by address, with get, the error for an unknown cell, membership by exception.
// flags: --layout plain
// expect: ok
func main() {
    [ap] = 10, ap++;
    [ap] = 20, ap++;
    %{
        print(memory[fp], memory[fp + 1], memory[ap - 2])
        print(memory.get(fp + 7), memory.get(fp))
        print(memory.get_range(fp, 2), memory.get_range(addr=fp - 2, size=3))
        try:
            memory[fp + 7]
        except Exception as error:
            print(type(error).__name__, error)
        try:
            memory[17]
        except Exception as error:
            print(type(error).__name__, error)
        print([memory[pc - 2 - i] for i in range(2)])
        print(memory[pc - 1])
    %}
    [ap] = 30, ap++;
    ret;
}
