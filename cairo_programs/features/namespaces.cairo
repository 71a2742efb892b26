// Functions and structs of the same name in several namespaces.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
namespace Metres {
    struct Length {
        value: felt,
    }

    func scale(length: Length) -> (length: Length) {
        return (length=Length(value=length.value * 100));
    }
}

namespace Feet {
    struct Length {
        feet: felt,
        inches: felt,
    }

    func scale(length: Length) -> (length: Length) {
        return (length=Length(feet=0, inches=length.feet * 12 + length.inches));
    }
}

func scale(x: felt) -> (x: felt) {
    return (x=x + 1);
}

func answers() -> (a: felt, b: felt, c: felt) {
    alloc_locals;
    let (local metres) = Metres.scale(Metres.Length(value=3));
    let (local feet) = Feet.scale(Feet.Length(feet=5, inches=2));
    let (c) = scale(0);
    return (a=metres.value, b=feet.inches, c=c);
}

func main() {
    answers();
    return ();
}
