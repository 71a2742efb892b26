// Prints registers and memory in every way Python has: str, repr, f-strings, padding, in containers.
// flags: --layout small
// expect: ok
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    [ap] = output_ptr, ap++;
    [ap] = -5, ap++;
    [ap] = 2 ** 250, ap++;
    %{
        print(ap, fp, pc, current_step)
        print(memory[ap - 1], memory[ap - 2], memory[ap - 3], memory[fp])
        print(f'{ap} {fp!r} {pc!s} {memory[fp]}')
        print(f'[{ap:<8}] [{ap:>8}] [{ap:^9}]')
        print([ap, fp], (pc,), {'at': memory[fp]}, {1: ap})
        print('%s and %r, %d' % (ap, fp, memory[ap - 2] - PRIME))
        print('{} {!r} {:>6}'.format(ap, fp, pc))
        print(str(ap) + '!', repr(ap), sep=' | ', end=' <end>\n')
        print(type(ap).__name__, type(memory[fp + 1]).__name__)
        print()
        print('no newline', end='')
        print(' then one')
        print('äöü ⋮ 漢字 \\ "quotes" \'single\'')
    %}
    assert [output_ptr] = 1;
    return (output_ptr=output_ptr + 1);
}
