// A hint puts the output's state aside and back, as one that runs another program does.
// flags: --layout small
// expect: ok
%builtins output

func main{output_ptr: felt*}() {
    %{
        output_builtin.add_page(page_id=1, page_start=ids.output_ptr, page_size=1)
        output_builtin.add_attribute('gps_fact_topology', [1, 0])
        before = output_builtin.get_state()
        inner = segments.add()
        output_builtin.new_state(base=inner)
        print(output_builtin.base, output_builtin.pages, output_builtin.attributes)
        output_builtin.add_page(1, inner + 3, 2)
        print(output_builtin.pages[1].start, output_builtin.pages[1].size)
        output_builtin.set_state(before)
        print(output_builtin.base, list(output_builtin.pages), output_builtin.attributes)
        print(before.base, before.attributes, before.pages[1].size)
        output_builtin.add_page(2, ids.output_ptr + 1, 1)
        print(sorted(before.pages))
        try:
            output_builtin.add_page(2, ids.output_ptr, 1)
        except AssertionError as error:
            print(error)
        try:
            output_builtin.add_page(3, inner, 1)
        except AssertionError as error:
            print(error)
        print(output_builtin.included, output_builtin.stop_ptr)
    %}
    assert [output_ptr] = 1;
    assert [output_ptr + 1] = 2;
    let output_ptr = output_ptr + 2;
    return ();
}
