# The commands every newcomer uses. All of them set up .venv when need be.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help demo test check gate bench pack-check readme assets clean

help:
	@echo 'make demo        read the bundled articles into demo-ledger/ and write its report'
	@echo 'make test        run the tests'
	@echo 'make check       lint, format, types, the import contract, the documentation'
	@echo 'make gate        hold extraction and speakers to their floors'
	@echo 'make pack-check  run the cases of every language pack'
	@echo 'make bench       measure words per second, stage by stage'
	@echo 'make readme      write what its commands print today into the README'
	@echo 'make assets      copy the third-party scripts of the pages from npm'
	@echo 'make clean       remove what these commands made'

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "selon needs Python 3.11 or later; set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "this Python has no venv: on Debian and Ubuntu, apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

demo: $(STAMP)
	rm -rf demo-ledger
	$(BIN)/selon run demo/corpus --ledger demo-ledger
	$(BIN)/selon report demo-ledger -o demo-ledger/report.html

test: $(STAMP)
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/docs

gate: $(STAMP)
	$(BIN)/python -m evaluation.gate

pack-check: $(STAMP)
	$(BIN)/python -m pytest tests/languages

$(VENV)/.compared: $(STAMP)
	$(BIN)/python -m pip install --quiet --group bench
	@touch $@

bench: $(VENV)/.compared
	$(BIN)/python -m benchmarks

readme: demo
	$(BIN)/python docs/refresh.py

assets:
	cd web-assets && npm ci --no-audit --no-fund && npm run --silent build

clean:
	rm -rf $(VENV) demo-ledger .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
