// Names, their lifetime and scopes.
func main() {
    alloc_locals;
    local v;
    let w = 17;
    %{
        print(sorted(k for k in globals()))
        print(list(globals())[:3])
        x = 1
        def seen():
            return ids.v, ap, x, 'memory' in globals()
        host = ids
        import math, sys
        PRIME = 5
        print(PRIME, program_input, __name__, type(__builtins__))
        ids.v = 11
    %}
    [ap] = 1, ap++;
    %{
        print(PRIME > 5, x, seen(), math.gcd(4, 6))
        print([x for _ in range(2)], [v for v in (lambda: [x])()])
        print(list(globals())[:8])
        vm_enter_scope({'y': x + 1, 'seen': seen})
        z = 'main'
        print('x' in globals(), 'y' in globals())
    %}
    %{
        print('x' in globals(), y, 'z' in globals())
        try:
            print(seen())
        except NameError as e:
            print('NameError', e)
        print('ap' in globals())
        y = 100
        vm_enter_scope()
    %}
    [ap] = 2, ap++;
    %{
        print(sorted(k for k in globals())[:9])
        inner = 1
        d = {'n': [1]}
        vm_exit_scope()
        inner = 2
        vm_enter_scope(new_scope_locals=d)
        d['m'] = 3
    %}
    [ap] = 3, ap++;
    %{
        print(n, 'm' in globals(), 'y' in globals(), 'inner' in globals())
        n.append(2)
    %}
    %{ vm_exit_scope() %}
    %{ print(y); vm_exit_scope() %}
    [ap] = 4, ap++;
    %{
        print(x, z, ap, fp, pc, current_step)
        print(host.v, ids.w)
        print(seen())
        try:
            vm_exit_scope()
        except AssertionError as e:
            print(e)
        class K:
            def __init__(self, a=x): self.a = a
            @property
            def b(self): return self.a + ids.v
        print(K().b, K(5).b)
        def gen():
            yield from (i * x for i in range(3))
        print(list(gen()), {**{'a': 1}, 'b': 2}, *[1, 2], sep=', ')
        print('a', 'b', sep='-', end='!\n')
        print('err', file=sys.stderr)
        sys.stdout.write('written\n')
        global_name = 5
        def setter():
            global global_name
            global_name += 1
        setter(); print(global_name)
        del x
    %}
    [ap] = 5, ap++;
    %{
        print('x' in globals())
        match_me = {'k': [1, 2]}
        print(f"{match_me['k']!r:>10}|{2**100:_}|{7:#06x}")
        print(memory[ap - 1], hex(PRIME), (-7) // 2, -7 % 3, divmod(-7, 2), pow(3, -1, PRIME))
        print(int.from_bytes(b'abc', 'big'), (1000).to_bytes(2, 'little'), bytes.fromhex('00ff'))
    %}
    return ();
}
