# What is asked for most: `make example`, `make check`.

CARGO ?= cargo

.DEFAULT_GOAL := build

include cairo_programs/programs.mk
include bench/bench.mk
include fuzz/fuzz.mk

.PHONY: build example test suite test-reference test-browser check lint miri bless clean

## The release binary, target/release/cairo-run.
build:
	$(CARGO) build --release --locked

## The documentation's segments example, as the documentation runs it.
example: build
	target/release/cairo-run --program cairo_programs/docs/segments.json --layout small \
		--print_memory --print_output --print_info --print_segments

## Everything that needs no Python.
test:
	$(CARGO) test --workspace --locked

## The programs of cairo_programs/ held to their recorded answers, those that need the compiler, too.
suite: programs
	$(CARGO) run --locked --quiet -- suite cairo_programs $(SUITE) --partition $(PART)

SUITE = --compiler $(VENV)/bin/cairo-compile --cache target/suite
PART = 1/1

## Every program of cairo_programs/ beside cairo-lang's cairo-run.
test-reference: programs
	CAIRO_REFERENCE=$(CURDIR)/$(VENV)/bin/python $(CARGO) test --locked \
		--package cairo-zero-testkit --test headers -- --nocapture
	CAIRO_REFERENCE=$(CURDIR)/$(VENV)/bin/python $(CARGO) test --locked \
		--test reference --test pie --test error_sites -- --nocapture

## The tracer's page in a Chromium: the one that CHROMIUM names, one that is installed, or one that is
## fetched into target/chromium.
test-browser: $(REFERENCE)
	chromium=$$($(VENV)/bin/python crates/testkit/python/chromium.py) && \
		CHROMIUM="$$chromium" $(CARGO) test --locked --test tracer_browser

## All tests: what CI runs.
check: test suite test-reference test-browser

## Formatting, clippy without warnings, documentation without warnings.
lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked --quiet

## The tests of the crates with unsafe code or words taken apart, under Miri; slow, and not part of CI.
miri:
	@$(CARGO) +nightly miri --version > /dev/null 2>&1 || { \
		echo "make miri needs a nightly toolchain with Miri, and there is none here. This installs one:" >&2; \
		echo "  rustup toolchain install nightly --component miri --component rust-src" >&2; \
		exit 1; }
	PROPTEST_CASES=8 MIRIFLAGS=-Zmiri-disable-isolation CARGO_TARGET_DIR=target/miri \
		$(CARGO) +nightly miri test --locked $(addprefix --package cairo-zero-,memory decoder core)

## Records what the programs now answer; look at the diff before committing.
bless: programs
	$(CARGO) run --locked --quiet -- suite cairo_programs $(SUITE) --bless

clean:
	$(CARGO) clean
