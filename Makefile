# The portal's daily commands. Each is a thin line over a tool that also runs by itself from .venv/bin.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
READY := .venv/ready
NODE := tests/out/node

# The hashes are the same either way. uv takes seconds; pip, which every Python has, takes a minute or two.
INSTALL_WITH_UV = { command -v uv >/dev/null 2>&1 && export UV_PYTHON_DOWNLOADS=never \
  && { test -x $(BIN)/python || uv venv --quiet --python "$$(command -v $(PYTHON))" .venv; } \
  && uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
  && uv pip install --quiet --python $(BIN)/python --offline --no-deps --no-build-isolation -e .; }
INSTALL_WITH_PIP = { echo "Installing with pip; the first time takes a minute or two" \
  && { $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv .venv; } \
  && $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock \
  && $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .; }

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-quick check format translations lock bench pages lighthouse node coverage clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */\1|/' | awk -F'|' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(READY)  ## Make .venv with everything in requirements.lock (uv when it is there, else pip)

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12")'
	@$(INSTALL_WITH_UV) || $(INSTALL_WITH_PIP)
	@touch $@

demo: setup  ## Fill a demo database and serve it on http://127.0.0.1:8000 (another port: make demo PORT=8080)
	@$(BIN)/portal demo serve --port $(PORT)

test: check  ## Check, then the whole suite on SQLite and PostgreSQL, with journeys in Chromium
	@$(BIN)/python -m tests.suite

# What is left out here tests one thing each, and is run by itself while that is being changed.
APART := rules access demo migrations papers exports api directory cli jobs

test-quick: setup  ## The kernel and every feature on SQLite without a browser: under a minute
	@$(BIN)/python -m pytest -q -n 2 -m "not browser and not slow" $(APART:%=--ignore=tests/%)

check: setup  ## Format, lint, types, layers, templates, translations, migrations: seconds
	@$(BIN)/python -m tests.checks

format: setup  ## Put the code into the agreed format
	@$(BIN)/ruff check --quiet --fix-only portal migrations tests bench wsgi.py
	@$(BIN)/ruff format --quiet portal migrations tests bench wsgi.py

translations: setup  ## Collect every text into translations/messages.pot and bring each language up to it
	@$(BIN)/python -m tests.checks.translations --update

lock: setup  ## Look for newer releases and write requirements.lock again (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --upgrade --python-version 3.11 --extra dev --extra pdf \
	  --custom-compile-command "make lock" pyproject.toml -o requirements.lock

coverage: setup  ## Which lines of portal/ the suite on SQLite does not reach
	@$(BIN)/python -m pytest -q -n 2 -m "not browser" --cov --cov-report=term

bench: setup  ## What each page costs: queries, bytes, processor time against the bare framework
	@$(BIN)/python -m bench

pages: setup node  ## Pictures of the main pages into tests/out/, then axe-core and the Nu checker on every page in every way
	@$(BIN)/python -m tests.pages
	@$(BIN)/python -m tests.grid

lighthouse: setup node  ## Lighthouse on five pages of a client, on its slow phone
	@$(BIN)/python -m tests.lighthouse

# Tools that check pages from outside; the portal itself needs no Node.
node: $(NODE)/ready

$(NODE)/ready: tests/node/package.json tests/node/package-lock.json
	@command -v npm >/dev/null && command -v java >/dev/null || { echo "Please install: npm, and Java for the Nu checker" >&2; exit 1; }
	@mkdir -p $(NODE) && cp tests/node/package.json tests/node/package-lock.json $(NODE) && npm ci --prefix $(NODE) --silent --no-fund --no-audit
	@touch $@

clean:  ## Remove what can be made again (never instance/, where the data is)
	@rm -rf .venv build dist bench/out tests/out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	@find portal tests bench migrations -name __pycache__ -type d -prune -exec rm -rf {} +
