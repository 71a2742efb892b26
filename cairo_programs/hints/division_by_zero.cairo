// Every division by zero raises what it raises in Python, and can be caught.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local zero = 0;
    local start: felt*;
    %{ ids.start = segments.add() %}
    %{
        from starkware.python.math_utils import div_mod, safe_div

        for number, divide in enumerate([
            lambda: 1 // ids.zero,
            lambda: 1 % ids.zero,
            lambda: divmod(2 ** 300, ids.zero),
            lambda: 1 / ids.zero,
            lambda: 1.0 / ids.zero,
            lambda: pow(2, -1, 4),
            lambda: pow(2, 5, ids.zero),
            lambda: div_mod(1, ids.zero, PRIME),
            lambda: safe_div(1, ids.zero),
            lambda: ids.start % ids.zero,
        ]):
            try:
                print(number, divide())
            except Exception as error:
                print(number, type(error).__name__)
    %}
    ret;
}
