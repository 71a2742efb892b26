// A range that is to hold numbers alone holds a pointer.
// flags: --layout plain
// expect: error 1
// message: AssertionError
func main() {
    %{
        start = segments.add()
        segments.load_data(start, [1, start])
        print(memory.get_range_as_ints(start, 1))
        memory.get_range_as_ints(start, 2)
    %}
    [ap] = 1, ap++;
    return ();
}
