// F-strings and format: widths, bases, signs, floats, alignment, nested fields, debugging form.
// flags: --layout plain
// expect: ok
func main() {
    tempvar value = 255;
    %{
        v = ids.value
        print(f'{v:x} {v:X} {v:#x} {v:b} {v:o} {v:08d} {v:+} {v:,} {v:_}')
        print(f'[{v:10}] [{v:<10}] [{v:^10}] [{v:*^10}] [{v:>{v // 20}}]')
        print(f'{v = } {v=} {v!r:>6} {"text":>8} {"text"!r}')
        print(f'{v / 7:.3f} {v / 7:e} {v / 7:8.2f} {1 / 3} {1e100} {0.1 + 0.2}')
        print('%5d|%-5d|%05d|%x|%s|%r|%.2f|%c' % (v, v, v, v, 'a', 'a', 2.345, 65))
        print('{0} {1} {0} {name}'.format(v, v + 1, name='n'), '{:>5}{:<5}|'.format(1, 2))
        print(f'{2**100:,} {-v:>+8} {True} {None} {[v]} { {v} }')
        print('a,b,,c'.split(','), ' x '.strip(), 'abc'.upper(), '-'.join(['x', 'y']), 'abc'.replace('b', 'd'))
        print('abc'[1], 'abc'[-1], 'abc'[::-1], 'b' in 'abc', 'abc'.find('c'), 'ab' * 3, 'a\tb')
        print("it's", 'quo"te', """three " quotes""")
        print(repr("it's"), repr('quo"te'), repr('new\nline'), ascii('ä'))
    %}
    ret;
}
