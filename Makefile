# Two commands set everything up: `make build` and `make test`. `make help` lists all of them.
# Each target first installs what it needs into .venv: the program alone, or what publishing or development needs besides.
PYTHON ?= python3
BIN := .venv/bin
# All packages are those of requirements/, compared with their SHA-256: wheels, but for the one that has none.
WHEELS := --only-binary :all: --no-binary jsonpath-rw
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation
INSTALL := $(PIP) $(WHEELS) --require-hashes --requirement
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(WHEELS) --group build pyproject.toml \
  --no-annotate --custom-compile-command 'make lock'
JUDGE = $(BIN)/check-jsonschema --quiet --builtin-schema
CLIENT := scripts/factpack/site/client

.PHONY: build test laws check lint release site bench forms lock clean help
.NOTPARALLEL: # all targets share one .venv

# Compile sources/ to build/ and datapackage.json.
build: .venv/ready
	$(BIN)/factpack build

PYTEST = $(BIN)/python -m pytest -n auto --dist loadscope
# Begun in this order, the longest files first, so that few wait for the last one.
LAWS := tests/browser tests/wuchang/laws tests/laws

# Run the tests of each part of the program, and the examples.
test: .venv/with-dev
	$(PYTEST) $(LAWS:%=--ignore=%)

# Run the long tests: of what holds whatever fails, is killed or is written, and of the pages in a browser.
laws: .venv/with-dev
	$(PYTEST) --no-loadscope-reorder $(LAWS)

# Judge whether main may stay as it is: lint, records, and what is built. The same by hand and in CI.
check: lint
	$(BIN)/factpack check --no-cache --strict
	$(BIN)/factpack build --check --no-cache
	$(BIN)/frictionless validate datapackage.json

# Judge the code and the files that GitHub reads, by schemas that come with check-jsonschema. Nothing is fetched.
lint: .venv/with-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/zizmor --quiet --offline --persona pedantic .github
	$(JUDGE) vendor.github-workflows .github/workflows/*.yml
	$(JUDGE) custom.github-workflows-require-timeout .github/workflows/*.yml
	$(JUDGE) vendor.github-actions .github/actions/*/action.yml
	$(JUDGE) vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(JUDGE) vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(JUDGE) vendor.dependabot .github/dependabot.yml
	$(JUDGE) vendor.citation-file-format CITATION.cff

# Make dist/release: the archive, Excel, SQLite, Parquet and the descriptions.
release: build .venv/with-release
	$(BIN)/factpack release

# Make dist/site: the pages, which offer the release. Needs Node for what the pages run in a browser.
site: release .venv/with-site $(CLIENT)/bundle/licences.txt
	$(BIN)/factpack site --release dist/release

# Measure how fast it is beside other tools; BENCH="--records 2000 --only floor,factpack" makes it short.
bench: .venv/with-dev
	$(BIN)/python bench/race.py $(BENCH)

# Write the issue forms again: they offer the record types, themes and stages of the schemas.
forms: .venv/ready
	$(BIN)/factpack init --update --write

# Remove what can be made again, but not build/.
clean:
	rm -rf .venv .factpack dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# List these targets.
help:
	@awk '/^# / {said = substr($$0, 3)} /^$$/ {said = ""} /^[a-z]+:/ {sub(":.*", ""); printf "make %-9s%s\n", $$0, said}' Makefile

# Renew requirements/: the newest versions that pyproject.toml allows, with the SHA-256 of each of their files. Needs uv.
lock:
	$(LOCK) --upgrade --extra dev --output-file requirements/dev.txt
	$(LOCK) --constraint requirements/dev.txt --output-file requirements/program.txt
	$(LOCK) --constraint requirements/dev.txt --extra release --output-file requirements/release.txt
	$(LOCK) --constraint requirements/dev.txt --extra site --output-file requirements/site.txt
	$(LOCK) --constraint requirements/dev.txt --extra watch --output-file requirements/watch.txt
	$(LOCK) --constraint requirements/dev.txt --extra cluster --output-file requirements/cluster.txt

# The program and what it needs to run.
.venv/ready: pyproject.toml requirements/program.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; set PYTHON=…")'
	$(PYTHON) -m venv .venv
	$(INSTALL) requirements/program.txt
	$(PIP) --no-deps --editable .
	touch $@

# An extra of pyproject.toml: dev (all for development), release, site, watch or cluster.
.venv/with-%: requirements/%.txt .venv/ready
	$(INSTALL) $<
	touch $@

# What the pages run in a browser.
$(CLIENT)/bundle/licences.txt: $(CLIENT)/package-lock.json $(CLIENT)/bundle.mjs $(wildcard $(CLIENT)/src/*)
	npm ci --ignore-scripts --prefix $(CLIENT) --silent --no-audit --no-fund
	npm run --prefix $(CLIENT) --silent bundle
