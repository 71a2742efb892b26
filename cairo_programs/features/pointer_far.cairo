// A pointer moved by more than 64 bits and back again: no run can address that, and here no pointer holds it.
// flags: --layout plain --no_secure_run
// compile: --no_debug_info
// expect: error 1
func main() {
    let start = cast([fp - 1], felt*);
    tempvar below = start - 2 ** 200;
    tempvar back = below + 2 ** 200;
    assert back = start;
    // Half the prime to and fro.
    tempvar half = start + 1809251394333065606848661391547535052811553607665798349986546028067936010241;
    tempvar whole = half + 1809251394333065606848661391547535052811553607665798349986546028067936010241;
    assert whole = start + 1;
    return ();
}

// reference: ok
