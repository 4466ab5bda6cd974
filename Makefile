# Everything happens in .venv; nothing is installed outside it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.setup
TRAIN := $(VENV)/.train
BENCH := $(VENV)/.bench

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint evaluate calibrate crossval bench train docs

help: ## List what can be made
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(SETUP) ## Install entente and its development tools into .venv
	@echo 'Ready: $(BIN)/entente --help'

# The version is looked at before anything is installed, so that an old Python is named as what it is.
$(SETUP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "entente needs Python 3.11 or later, $(PYTHON) is $$($(PYTHON) --version). Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo 'Setting up $(VENV), which takes a minute the first time.'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

demo: $(SETUP) ## Read the example reports and print their records
	@$(BIN)/entente read examples
	@echo
	@echo 'These records were printed, not kept. Next, keep some and ask:'
	@echo '  $(BIN)/entente read examples/us-pakistan-2023-02-24.txt --json    the same as data'
	@echo '  $(BIN)/entente add examples                                       into ./entente.duckdb'
	@echo '  $(BIN)/entente relation USA PAK                                   how the two stand'
	@echo '  $(BIN)/entente read YOUR-REPORT.txt                               a report of your own'

test: $(SETUP) ## Run the tests
	$(BIN)/python -m pytest

lint: $(SETUP) ## Check style, types and import order
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

evaluate: $(SETUP) ## Score the shipped weights on what they never saw; writes docs/evaluation.md
	$(BIN)/python -m evaluation.run

calibrate: $(TRAIN) ## Find out what the probabilities mean, and write it into the weights (trains twice; cached)
	$(BIN)/python -m training.calibrate

crossval: $(TRAIN) ## Cross-validate on PLV (trains five times; cached)
	$(BIN)/python -m training.crossval

bench: $(BENCH) ## Time start-up, reading and coding beside named baselines
	$(BIN)/python -m benchmarks.speed

train: $(TRAIN) ## Make the weights from ../shared/data
	$(BIN)/python -m training

docs: $(SETUP) ## Write the generated pages of docs/
	$(BIN)/entente schema > docs/record.schema.json

$(TRAIN): $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	@touch $@

$(BENCH): $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@
