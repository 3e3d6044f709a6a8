# Everything starts here. Only Python (3.11 or newer) and make are needed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt

.PHONY: run test check format bench screenshots clean

run: $(VENV)/.run
	@$(BIN)/python -m compileall -q src
	@$(BIN)/steady

test: $(VENV)/.test
	@$(BIN)/python -m pytest

check: $(VENV)/.check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_house.py

format: $(VENV)/.check
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.bench
	@$(BIN)/python -m compileall -q src
	$(BIN)/python benchmarks/run.py

screenshots: $(VENV)/.run
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Steady needs Python 3.11 or newer; name it with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up $(VENV), once ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	@$(PIP) install --quiet -e . && touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/bin/python
	@$(PIP) install --quiet -e '.[test]' && touch $@

$(VENV)/.check: $(VENV)/.test
	@$(PIP) install --quiet -e '.[test,check,bench]' && touch $@

$(VENV)/.bench: $(VENV)/.run
	@$(PIP) install --quiet -e '.[bench]' && touch $@
