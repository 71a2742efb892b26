// A segment's size can be set by hand, and decides where the next one lies.
// flags: --layout plain
// expect: ok
func main() {
    %{
        sized = segments.add(10)
        memory[sized + 2] = 7
        other = segments.add(size=4)
        last = segments.add()
        memory[last] = other
        segments.finalize(last.segment_index, size=6)
        segments.finalize(segment_index=sized.segment_index, public_memory=[(0, 0)])
        print(sized, other, last, segments.n_segments)
        print(segments.get_segment_size(sized.segment_index), segments.get_segment_size(segment_index=last.segment_index))
        for ask in (segments.get_segment_size, segments.get_segment_used_size, segments.is_valid_memory_value):
            try:
                ask(0)
            except AssertionError as error:
                print(error)
        try:
            segments.load_data(last, (x for x in [other, 3]))
        except TypeError as error:
            print(error)
        print(memory[last + 1], segments.load_data(last + 2, [1, 2]))
        outer = segments.gen_arg([-1, [-2]], apply_modulo_to_args=False)
        print(memory[outer] - PRIME, memory[memory[outer + 1]] - PRIME)
    %}
    [ap] = 1, ap++;
    ret;
}
