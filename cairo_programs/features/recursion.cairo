// Two recursive functions, one with two calls in its body, and two that call each other.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
func factorial(n: felt) -> (r: felt) {
    if (n == 0) {
        return (r=1);
    }
    let (rest) = factorial(n - 1);
    return (r=n * rest);
}

func fibonacci(n: felt) -> (r: felt) {
    alloc_locals;
    if (n == 0) {
        return (r=0);
    }
    if (n == 1) {
        return (r=1);
    }
    let (local first) = fibonacci(n - 1);
    let (second) = fibonacci(n - 2);
    return (r=first + second);
}

func is_even(n: felt) -> (r: felt) {
    if (n == 0) {
        return (r=1);
    }
    return is_odd(n - 1);
}

func is_odd(n: felt) -> (r: felt) {
    if (n == 0) {
        return (r=0);
    }
    return is_even(n - 1);
}

func answers() -> (factorial: felt, fibonacci: felt, even: felt) {
    alloc_locals;
    let (local a) = factorial(30);
    assert a = 265252859812191058636308480000000;
    let (local b) = fibonacci(8);
    assert b = 21;
    let (c) = is_even(9);
    assert c = 0;
    return (factorial=a, fibonacci=b, even=c);
}

func main() {
    answers();
    return ();
}
