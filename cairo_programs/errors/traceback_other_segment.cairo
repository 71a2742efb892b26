// Code that a hint wrote to a segment of its own fails there: no location is known for it, nor for
// the calls made in it.
// flags: --layout plain
// expect: error 1
// message: An ASSERT_EQ instruction failed: 1 != 2.
func jump_to(code: felt) {
    call abs code;
    ret;
}

func main() {
    alloc_locals;
    local code: felt*;
    %{
        # call rel 3; ret; [ap] = 1, ap++; [ap - 1] = 2; ret
        ids.code = segments.gen_arg([
            0x1104800180018000, 3,
            0x208b7fff7fff7ffe,
            0x480680017fff8000, 1,
            0x400680017fff7fff, 2,
            0x208b7fff7fff7ffe,
        ])
    %}
    jump_to(cast(code, felt));
    ret;
}
