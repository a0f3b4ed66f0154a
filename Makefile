# Two commands matter: `make run` and `make test`. `make help` lists the others.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: help run test check bench pictures law lock translations setup

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: .venv/run-stamp ## set up what is missing and serve (first time: the demonstration)
	@$(BIN)/python tools/frontend.py
	@$(BIN)/python tools/translations.py compile
	@$(BIN)/netral run $(ARGS)

test: setup ## every test on SQLite and PostgreSQL, browser tests included (ARGS="-k word")
	@$(BIN)/python tools/test.py $(ARGS)

check: setup ## formatting, types, imports, templates, migrations, translations, house rules
	@$(BIN)/python tools/check.py $(ARGS)

bench: setup ## the benchmarks, each a ratio within one run (bench/README.md)
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/bench.txt
	@$(BIN)/python -m bench $(ARGS)

pictures: setup ## make docs/pictures anew from the running product
	@$(BIN)/python tools/pictures.py $(ARGS)

law: .venv-law/stamp ## the law by itself: its data checked and its tests passed without Django
	@.venv-law/bin/python -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("django") and "there is a Django in .venv-law")'
	@PYTHONPATH=src .venv-law/bin/python -m netral.law check
	@.venv-law/bin/python -m pytest -c tests/law/alone.ini --confcutdir=tests/law tests/law $(ARGS)

.venv-law/stamp: requirements/law.txt
	@$(PYTHON) -m venv .venv-law
	@.venv-law/bin/python -m pip install -q --require-hashes -r requirements/law.txt
	@touch $@

translations: setup ## bring locale/*/django.po in line with the sources
	@$(BIN)/python tools/translations.py extract

lock: setup ## lock all dependencies anew, with hashes, without addresses
	@$(BIN)/python tools/lock.py

setup: .venv/stamp
	@$(BIN)/python tools/frontend.py
	@$(BIN)/python tools/translations.py compile

# What serving needs, then what testing needs on top: the first `make run` waits for less.
.venv/run-stamp: requirements/run.txt
	@echo "Menyiapkan .venv, beberapa menit (setting up, a few minutes) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Netral needs Python 3.11 or newer: make PYTHON=python3.11 run")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/stamp: requirements/dev.txt .venv/run-stamp
	@echo "Setting up what the tests need …"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt
	@touch $@
