// A hint fails without debug information.
// flags: --layout plain
// expect: error 1
// compile: --no_debug_info
func main() {
    %{
        def function():
            raise ValueError("in a function")
        function()
    %}
    ret;
}
