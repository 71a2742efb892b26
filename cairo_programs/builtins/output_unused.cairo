// The builtin is asked for and nothing is written.
// flags: --layout recursive
// compile: --no_debug_info
// expect: ok
%builtins output

func main{output_ptr: felt*}() {
    return ();
}
