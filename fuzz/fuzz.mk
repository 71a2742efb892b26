# Fuzzing: `make fuzz` gives every target FUZZ_SECONDS, beginning with seeds made from our programs.
# The targets have the layout of cargo-fuzz, which can run them too (`cargo fuzz run -s none TARGET`),
# but need neither it nor another toolchain: the flags that libFuzzer needs are in fuzz/instrument.sh.

FUZZ_SECONDS ?= 120
FUZZ_TARGETS ?= program_json pie layout_params instruction reference_expression run_json run_words \
	program_input
FUZZ_BINARIES := fuzz/target/release
FUZZ_CORPUS := fuzz/corpus

.PHONY: fuzz fuzz-build fuzz-seeds

## Every fuzz target for FUZZ_SECONDS; an input that crashes one is left in fuzz/artifacts.
fuzz: fuzz-seeds
	@mkdir -p fuzz/artifacts
	@for target in $(FUZZ_TARGETS); do \
		mkdir -p $(FUZZ_CORPUS)/$$target && echo "== $$target" && \
		$(FUZZ_BINARIES)/$$target -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=2048 -timeout=20 \
			-artifact_prefix=fuzz/artifacts/$$target- -print_final_stats=1 -verbosity=0 \
			$(FUZZ_CORPUS)/$$target || exit 1; \
	done

fuzz-build:
	cd fuzz && CARGO_TARGET_DIR=target RUSTC_WRAPPER=$(CURDIR)/fuzz/instrument.sh \
		$(CARGO) build --release --locked --bins --features python

## The seeds of the targets, made from the programs of cairo_programs/.
fuzz-seeds: fuzz-build
	SEEDS_FROM=cairo_programs SEEDS_TO=$(FUZZ_CORPUS) $(FUZZ_BINARIES)/seeds
