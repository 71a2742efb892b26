// Where builtins may be missing their order matters all the same.
// flags: --layout plain --allow_missing_builtins
// expect: error 1
// message: Got ['range_check', 'pedersen'].
%builtins range_check pedersen

func main{range_check_ptr, pedersen_ptr: felt*}() {
    return ();
}
