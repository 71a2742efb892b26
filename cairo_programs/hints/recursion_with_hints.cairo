// A recursive function whose hint sees another frame each time.
// flags: --layout plain
// expect: ok
func descend(n: felt) -> (r: felt) {
    alloc_locals;
    local below;
    %{
        print('  ' * (3 - ids.n) + f'n={ids.n} fp={fp}')
        ids.below = ids.n - 1
    %}
    if (n == 0) {
        return (r=0);
    }
    let (r) = descend(below);
    %{ print('back in', ids.n, 'with', ids.r) %}
    return (r=r + n);
}

func main() {
    let (r) = descend(3);
    assert r = 6;
    return ();
}
