# The benchmark beside the Rust peer. For the root Makefile: `include bench/bench.mk`.
# BENCH_ARGS goes to the driver, e.g. make bench BENCH_ARGS='--pairs 21 --only fib'

BENCH_TARGET := bench/target
BENCH_CARGO := cargo build --release --locked --target-dir $(BENCH_TARGET)
BENCH_DRIVER := $(BENCH_TARGET)/release/bench-driver

# The programs of the mode `proof`, compiled from the same sources.
BENCH_PROOFS := $(shell awk '!/^\#/ && $$4 ~ /json$$/ { print $$4 }' bench/programs.txt)

# One program at growing lengths: fibonacci makes 6 steps for each count, and its count of 250000 is
# the only number of this size in it.
GROWTH := target/bench/growth
GROWTH_STEPS := 1 3 10 30

.PHONY: bench bench-quick bench-build bench-builtins bench-runs bench-growth

## bench: time and peak memory beside the peer, 7 pairs in every mode; reports in target/bench
bench: bench-build programs $(BENCH_PROOFS)
	$(BENCH_DRIVER) --modes run,null,file,proof $(BENCH_ARGS)

## bench-quick: 3 pairs without output files
bench-quick: bench-build programs $(BENCH_PROOFS)
	$(BENCH_DRIVER) --quick $(BENCH_ARGS)

$(BENCH_PROOFS): target/bench/proof/%.json: cairo_programs/benchmarks/%.cairo | $(REFERENCE)
	mkdir -p $(@D)
	$(VENV)/bin/cairo-compile --proof_mode --no_debug_info --output $@ $<

## bench-growth: time and memory of one program at 1, 3, 10 and 30 million steps
bench-growth: bench-build
	mkdir -p $(GROWTH)
	: > $(GROWTH)/programs.txt
	for millions in $(GROWTH_STEPS); do \
		count=$$(printf '0x%x' $$((millions * 1000000 / 6))); \
		sed "s/\"0x3d090\"/\"$$count\"/" cairo_programs/benchmarks/fibonacci.json \
			> $(GROWTH)/$${millions}_million.json; \
		echo "$${millions}_million plain $(GROWTH)/$${millions}_million.json -" \
			>> $(GROWTH)/programs.txt; \
	done
	$(BENCH_DRIVER) --table $(GROWTH)/programs.txt --out $(GROWTH) --pairs 3 \
		--modes run,null,file $(BENCH_ARGS)

bench-build:
	cargo build --release --locked
	$(BENCH_CARGO) --manifest-path bench/peer/Cargo.toml
	$(BENCH_CARGO) --manifest-path bench/driver/Cargo.toml

## bench-builtins: each builtin beside the library function that does its work
bench-builtins:
	cargo bench --locked --package cairo-zero-builtins --bench builtins -- --quiet

## bench-runs: loading, decoding, stepping, relocating and each writer, in one process
bench-runs: programs
	cargo bench --locked --package cairo-zero-runner --bench runs -- --quiet
