#!/bin/sh
# Stands before rustc: has the crates of this repository counted by libFuzzer, and no others. Their
# dependencies stay as they are, which makes the build quick; what they do shows in what ours do next.
rustc=$1
shift
case " $* " in
*" --crate-type proc-macro "* | *" --crate-name build_script_"*) ;;
*" --crate-name cairo_zero_"* | *fuzz_targets/*)
    set -- "$@" --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
        -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares
    ;;
esac
exec "$rustc" "$@"
