// References that are lost, moved along with ap, or hidden behind aliases and same-named constants.
const SIZE = 7;
namespace other {
    const SIZE = 8;
    func get() -> (res: felt) {
        tempvar here = SIZE;
        %{ print(ids.SIZE, ids.here, ids.get.instruction_offset_) %}
        return (res=here);
    }
}
struct Pair {
    left: felt,
    right: Pair*,
}
func rec(n: felt) {
    if (n == 0) {
        return ();
    }
    rec(n - 1);
    return ();
}
func main() {
    tempvar x = 5;
    let y = [ap - 1];
    tempvar z = 6;
    let double = x + z;
    %{
        def t(s):
            try:
                print(s, '->', eval(s))
            except Exception as e:
                print(s, '!!', type(e).__name__, '|', e)
        for s in ['ids.x', 'ids.y', 'ids.z', 'ids.double', 'ids.SIZE', 'ids.other.SIZE', 'ids.other.get.here', 'ids.rec.n', 'ids.main.x']:
            t(s)
    %}
    [ap] = 100, ap++;
    [ap] = 101, ap++;
    %{
        for s in ['ids.x', 'ids.y', 'ids.z', 'ids.double']:
            t(s)
    %}
    rec(2);
    %{
        for s in ['ids.x', 'ids.y', 'ids.z', 'ids.double']:
            t(s)
        try:
            ids.x = 5
        except Exception as e:
            print(type(e).__name__, e)
        try:
            ids.double = 5
        except Exception as e:
            print(type(e).__name__, e)
    %}
    other.get();
    [ap] = 1, ap++;
    %{ print(nondet_done if 'nondet_done' in globals() else 'not yet') %}
    tempvar n = nondet %{ 7 / 2 %};
    tempvar m = nondet %{ True %};
    tempvar s = nondet %{ segments.add() %};
    tempvar neg = nondet %{ -3 %};
    let pair = cast(s, Pair*);
    %{
        print(ids.n, ids.m, ids.s, ids.neg)
        ids.pair.left = 4
        ids.pair.right = ids.pair.address_ + 2
        ids.pair.right.left = 9
        print(ids.pair.right.left, memory.get_range(ids.s, 3), ids.pair[1].left, ids.Pair.SIZE)
    %}
    return ();
}
