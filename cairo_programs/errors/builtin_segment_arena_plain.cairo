// The segment arena is a builtin of programs in other languages; nothing here has it.
// flags: --layout plain
// expect: error 1
%builtins segment_arena

func main(segment_arena_ptr: felt*) -> (segment_arena_ptr: felt*) {
    return (segment_arena_ptr=segment_arena_ptr);
}
