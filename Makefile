# Two commands do all the set-up: `make build` and `make test`. Each makes .venv first where it is missing.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: build test check clean

build: .venv/ready
	$(BIN)/factpack build

test: .venv/ready
	$(BIN)/python -m pytest -n auto

# The gate of main: the same by hand and in CI.
check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/factpack check
	$(BIN)/factpack build --check
	$(BIN)/frictionless validate datapackage.json

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; set PYTHON=…")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv .factpack dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
