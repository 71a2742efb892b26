// Two builtins that the layout lacks and in the wrong order: the first is what is noticed.
// flags: --layout plain
// expect: error 1
// message: are not present in layout "plain"
%builtins range_check pedersen

func main{range_check_ptr, pedersen_ptr: felt*}() {
    return ();
}
