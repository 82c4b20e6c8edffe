# Two commands do all the set-up: `make build` and `make test`. Each makes .venv first where it is missing.
PYTHON ?= python3
BIN := .venv/bin
JUDGE = $(BIN)/check-jsonschema --quiet --builtin-schema

.PHONY: build test check lint site bench clean

build: .venv/ready
	$(BIN)/factpack build

test: .venv/ready
	$(BIN)/python -m pytest -n auto --dist worksteal

# The gate of main: the same by hand and in CI.
check: lint
	$(BIN)/factpack check --no-cache
	$(BIN)/factpack build --check --no-cache
	$(BIN)/frictionless validate datapackage.json

# The part of the gate that needs no record. The schemas of GitHub's files come with check-jsonschema; nothing is fetched.
lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(JUDGE) vendor.github-workflows .github/workflows/*.yml
	$(JUDGE) custom.github-workflows-require-timeout .github/workflows/*.yml
	$(JUDGE) vendor.github-actions .github/actions/*/action.yml
	$(JUDGE) vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(JUDGE) vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(JUDGE) vendor.dependabot .github/dependabot.yml
	$(JUDGE) vendor.citation-file-format CITATION.cff

# Everything to publish, in dist/: the release, and the site that offers it. Needs Node for what pages run in a browser.
CLIENT := scripts/factpack/site/client
site: build $(CLIENT)/bundle/licences.txt
	$(BIN)/factpack release
	$(BIN)/factpack site --release dist/release

$(CLIENT)/bundle/licences.txt: $(CLIENT)/package-lock.json $(CLIENT)/bundle.mjs $(wildcard $(CLIENT)/src/*)
	npm ci --prefix $(CLIENT) --silent --no-audit --no-fund
	npm run --prefix $(CLIENT) --silent bundle

# No gate: how fast it is beside other tools, on this machine; BENCH="--records 2000 --only floor,factpack" makes it short.
bench: .venv/ready
	$(BIN)/python bench/race.py $(BENCH)

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; set PYTHON=…")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv .factpack dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
