// The same names in several scopes and rebound within one: each hint sees its own.
// flags: --layout plain
// expect: ok
const N = 1;

namespace a {
    const N = 2;

    func f(x: felt) {
        %{ print('a', ids.N, ids.x) %}
        [ap] = x, ap++;
        return ();
    }
}

namespace b {
    const N = 3;

    func f(x: felt) {
        const N = 4;
        %{ print('b', ids.N, ids.x) %}
        [ap] = x, ap++;
        return ();
    }
}

func main() {
    a.f(10);
    b.f(20);
    let x = 5;
    %{ print(ids.N, ids.x) %}
    tempvar x = 6;
    %{ print(ids.x) %}
    tempvar x = x + 1;
    %{ print(ids.x) %}
    let x = x * x;
    %{ print(ids.x) %}
    ret;
}
