# The reference (cairo-lang's Python compiler and runner) and the programs it compiles.
# Included by the Makefile of the root; everything runs from there.

PYTHON ?= python3
VENV := .venv
REFERENCE_VERSION := 0.14.0.1
# A stamp: the virtual environment is whole and of this version.
REFERENCE := $(VENV)/cairo-lang-$(REFERENCE_VERSION)

$(REFERENCE):
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check cairo-lang==$(REFERENCE_VERSION)
	touch $@

.PHONY: programs
programs: $(REFERENCE)
	$(VENV)/bin/python crates/testkit/python/compile.py
