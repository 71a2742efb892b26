// Constants: negative, short strings, powers, divisions folded by the compiler, namespaces with constants.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
%builtins output

const BIG = 2 ** 251 + 17 * 2 ** 192;
const NEGATIVE = -3;
const TEXT = 'cairo zero, native';

namespace Deep {
    const DEPTH = 3;

    namespace Deeper {
        const DEPTH = Deep.DEPTH * 2;

        func depth() -> (r: felt) {
            return (r=Deeper.DEPTH + NEGATIVE);
        }
    }
}

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    alloc_locals;
    let (depth) = Deep.Deeper.depth();
    assert output_ptr[0] = BIG;
    assert output_ptr[1] = NEGATIVE;
    assert output_ptr[2] = TEXT;
    assert output_ptr[3] = depth;
    assert output_ptr[4] = 3 / 7;
    assert output_ptr[5] = 2 ** 100 - 2 ** 99;
    assert output_ptr[6] = -2 * (3 + 4) ** 2;
    assert output_ptr[7] = 0xff00;
    return (output_ptr=output_ptr + 8);
}
