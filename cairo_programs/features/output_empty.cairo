// The output builtin is named and unused.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
%builtins output

func main{output_ptr: felt*}() {
    return ();
}
