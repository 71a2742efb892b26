// Values that memory refuses, each caught within the hint.
// flags: --layout plain
// expect: ok
func main() {
    %{
        for value in (1.5, None, 'text', [1], b'bytes', {}, (1, 2)):
            try:
                memory[ap] = value
                print('written', value)
            except Exception as error:
                print(type(error).__name__)
        for address in (1.5, None, 'text'):
            try:
                memory[address] = 1
                print('written', address)
            except Exception as error:
                print(type(error).__name__)
        print(memory.get(ap))
    %}
    [ap] = 4, ap++;
    ret;
}
