// Two builtins in the layout that has none.
// flags: --layout plain --allow_missing_builtins True
// compile: --no_debug_info
// expect: ok
%builtins range_check poseidon

func main{range_check_ptr, poseidon_ptr: felt*}() {
    [ap] = range_check_ptr, ap++;
    return ();
}
