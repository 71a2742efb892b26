// The machine's own modules: addresses, memory, dictionaries and their exceptions.
// flags: --layout small
// expect: ok
func main() {
    %{
        from starkware.cairo.common.dict import DictManager, DictTracker
        from starkware.cairo.lang.builtins.modulo.mod_builtin_runner import INPUT_NAMES, MAX_N, ModBuiltinRunner
        from starkware.cairo.lang.cairo_constants import DEFAULT_PRIME
        from starkware.cairo.lang.vm.memory_dict import UnknownMemoryError
        from starkware.cairo.lang.vm.memory_segments import MemorySegmentManager
        from starkware.cairo.lang.vm.relocatable import RelocatableValue
        from starkware.cairo.lang.vm.vm_consts import VmConsts, VmConstsReference

        print(DEFAULT_PRIME == PRIME, RelocatableValue(2, 3) + 1, [RelocatableValue(segment_index=1, offset=0)])
        print(isinstance(ap, RelocatableValue), isinstance(segments, MemorySegmentManager), isinstance(ids, VmConsts))
        print(isinstance(ids, VmConstsReference), MAX_N, INPUT_NAMES, callable(ModBuiltinRunner.fill_memory))
        try:
            memory[ap + 100]
        except UnknownMemoryError as error:
            print(error)
        manager = DictManager()
        first = manager.new_dict(segments, {1: 2, 3: [4, 5]})
        second = manager.new_default_dict(segments, 9)
        tracker = manager.get_tracker(first)
        print(first, second, tracker, isinstance(tracker, DictTracker), manager.get_dict(second)[77])
        tracker.current_ptr += 3
        print(manager.get_dict(first + 3), sorted(manager.trackers))
        for pointer in (first, ap):
            try:
                manager.get_tracker(pointer)
            except Exception as error:
                print(type(error).__name__, error)
    %}
    [ap] = 1, ap++;
    ret;
}
