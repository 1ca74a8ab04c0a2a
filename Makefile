# Two commands need nothing but Python 3.11 or newer with its venv module:
#   make demo   reads the sample reports and prints what was found and where it lies
#   make test   runs all tests
# The others are for people who change Colligate. `make help` lists them all.

VENV := .venv
BIN := $(VENV)/bin
CASE ?= demo-case
PYTEST_ARGS ?=

# The first of these that is new enough and can make environments (some systems part venv from python3).
# Set PYTHON to choose another: make demo PYTHON=/opt/python/bin/python3
PYTHONS := $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14 python
USABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

.PHONY: demo test lint check bench docs clean help

demo: $(VENV)/installed ## install, read the sample reports, print what was found
	@$(BIN)/colligate demo --case $(CASE)

test: $(VENV)/installed-dev ## install with the tools for development, run all tests
	@$(BIN)/python -m pytest -q $(PYTEST_ARGS)

lint: $(VENV)/installed-dev ## lint, formatting, types, import contracts
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: test lint ## all that a change must pass

bench: $(VENV)/installed-bench ## speed and quality, side by side with peers
	@$(BIN)/python -m benchmarks

docs: $(VENV)/installed-dev ## make the generated pages and pictures of docs/ again
	@$(BIN)/python docs/build.py

clean: ## remove the environment, the demo case and every cache
	@rm -rf $(VENV) $(CASE) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/make \1|\2/' | column -t -s '|'

# Stamps: an install is repeated only when pyproject.toml changes. The install is editable, so a
# change of the source needs none.
$(VENV)/installed: $(VENV)/made pyproject.toml
	@echo "Installing Colligate into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/made pyproject.toml
	@echo "Installing Colligate and its development tools into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-bench: $(VENV)/installed-dev
	@echo "Installing the peers that the benchmarks compare with into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $@

$(VENV)/made:
	@for python in $(PYTHONS); do \
	  if "$$python" -c '$(USABLE)' 2>/dev/null; then \
	    echo "Making $(VENV) with $$("$$python" --version) ..."; \
	    "$$python" -m venv --clear $(VENV) && touch $@ && exit 0; \
	    exit 1; \
	  fi; \
	done; \
	echo "Colligate needs Python 3.11 or newer with its venv module, and found none." >&2; \
	echo "Install one (on Debian and Ubuntu: python3 and python3-venv)," >&2; \
	echo "or say where it is: make demo PYTHON=/path/to/python3" >&2; \
	exit 1
