// Imported by names.cairo.
struct Inner {
    a: felt,
    b: felt,
}

func helper(x) {
    return ();
}
