# Thin: each target makes what it needs. Only Python (3.11 to 3.13), make and a package index are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORTIONS := roles components policies stacks review sandbox
READY := $(VENV)/.ready
TYPES := build/ns/.ready

.PHONY: help preview check test lint types docs generate bench clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

$(READY): requirements.lock bootstrap.lock pyproject.toml setup.py
	$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed; run: make PYTHON=/path/to/python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bootstrap.lock
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock bootstrap.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# Type checkers can't follow the package mapping of setup.py; links give them the same names.
$(TYPES): $(READY)
	@mkdir -p build/ns/billing_identity
	@for portion in $(PORTIONS); do ln -sfn ../../../$$portion build/ns/billing_identity/$$portion; done
	@touch $@

preview: $(READY) ## preview the reference organisation offline, with its policy pack
	@$(BIN)/billing-identity preview

check: $(READY) ## check the reference catalogue
	@$(BIN)/billing-identity check

test: lint types ## everything that CI demands
	@$(BIN)/python -m pytest -n 2

lint: $(READY) ## style, and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-cache

types: $(TYPES) ## strict types
	@$(BIN)/pyright

generate: $(READY) ## rewrite the generated files that are committed
	@$(BIN)/python -m billing_identity.review.generate

bench: $(READY) ## preview, check, diff and report: time, memory and growth
	@$(BIN)/python bench/preview_bench.py
	@$(BIN)/python bench/review_bench.py

clean: ## remove what is generated and not committed
	rm -rf build $(VENV)
