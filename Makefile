# Two commands matter: `make run` and `make test`. The others are for developers.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test setup lock
run: setup
	$(BIN)/netral run

test: setup
	$(BIN)/python tools/test.py

setup: .venv/stamp
	$(BIN)/python tools/frontend.py

.venv/stamp: requirements/dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	touch $@
