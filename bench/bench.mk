# The benchmark beside the Rust peer. For the root Makefile: `include bench/bench.mk`.
# BENCH_ARGS goes to the driver, e.g. make bench BENCH_ARGS='--modes run,file --only fib'

BENCH_TARGET := bench/target
BENCH_CARGO := cargo build --release --locked --target-dir $(BENCH_TARGET)
BENCH_DRIVER := $(BENCH_TARGET)/release/bench-driver

.PHONY: bench bench-quick bench-build bench-builtins

## bench: time and peak memory beside the peer, 7 pairs; reports in target/bench
bench: bench-build programs
	$(BENCH_DRIVER) $(BENCH_ARGS)

## bench-quick: the same with 3 pairs
bench-quick: bench-build programs
	$(BENCH_DRIVER) --quick $(BENCH_ARGS)

bench-build:
	cargo build --release --locked
	$(BENCH_CARGO) --manifest-path bench/peer/Cargo.toml
	$(BENCH_CARGO) --manifest-path bench/driver/Cargo.toml

## bench-builtins: each builtin beside the library function that does its work
bench-builtins:
	cargo bench --locked --package cairo-zero-builtins --bench builtins -- --quiet
