# Two commands on a fresh machine: `make run` does the main job, `make test` runs the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB := claims.db

.PHONY: run test check eval bench serve clean install

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)/.check: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check]'
	@touch $@

run: $(VENV)/.installed  ## read, extract, store, verify and report everything in corpus/articles
	$(BIN)/tapecheck run corpus/articles --db $(DB) --prices corpus/prices
	$(BIN)/tapecheck verify --db $(DB) --prices corpus/prices --fail-on none
	$(BIN)/tapecheck report --db $(DB) -o build/report

test: $(VENV)/.test  ## the whole test suite
	$(BIN)/python -m pytest

check: $(VENV)/.check  ## style, types, layering, and the quality gate on the gold
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tapecheck eval --baseline corpus/BASELINE.json

eval: $(VENV)/.installed  ## precision, recall and F1 by kind
	$(BIN)/tapecheck eval

bench: $(VENV)/.test  ## benchmarks that compare in one run
	$(BIN)/python -m pytest tests/bench/bench_*.py --benchmark-only --benchmark-columns=min,median,rounds

serve: $(VENV)/.installed  ## browse the claims
	$(BIN)/tapecheck serve $(DB)

clean:
	rm -rf $(VENV) build dist *.db *.db-wal *.db-shm .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
