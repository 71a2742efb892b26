// A hint that rebinds the host's names sees what it made of them; the next one has the host's again.
// flags: --layout plain
// expect: ok
func main() {
    %{
        print(PRIME > 0)
        PRIME = 5
        ids = 'mine'
        print(PRIME, ids)
        def segments(): return 'a function'
        print(segments())
    %}
    [ap] = 1, ap++;
    %{
        print(PRIME > 5, segments.n_segments, type(ids).__name__)
        for memory in range(2):
            pass
        print(memory)
    %}
    %{
        import json as fadd
        print(fadd.dumps([1]), memory[ap - 1])
        ap = 7
        mine = 3
    %}
    [ap] = 2, ap++;
    %{ print(fadd(1, 2), ap - fp, mine) %}
    ret;
}
