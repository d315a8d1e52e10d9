# Two commands do all the set-up on a machine with Python 3.11, git and make:
#   make demo   convert, validate and diff two editions that ship in examples/
#   make test   all tests of the library and of every plugin
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.synced
MANIFESTS := pyproject.toml $(wildcard plugins/*/pyproject.toml)

export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_LINK_MODE ?= copy

.PHONY: help demo test lint types docs soak bench examples clean

help:
	@sed -n '2,3s/^#   //p' Makefile
	@echo "make lint types docs   what CI checks beside the tests"
	@echo "make soak              the long fuzzing: ten times the examples, 10 minutes for each reader"
	@echo "make bench             speed and quality, beside named peers"

# uv is brought in when the machine has none; uv then installs what pyproject.toml names.
$(STAMP): $(MANIFESTS)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv sync --quiet --inexact --all-packages --all-extras
	@touch $@

demo: $(STAMP)
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh

test: $(STAMP)
	$(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered --junit-xml=.pytest_cache/munidx.xml

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP)
	$(BIN)/mypy

docs: $(STAMP)
	$(BIN)/sphinx-build -q -n -W --keep-going -b html docs docs/_build/html
	$(BIN)/sphinx-build -q -n -W --keep-going -b doctest docs docs/_build/doctest

soak: $(STAMP)
	MUNIDX_PROFILE=soak $(BIN)/pytest -n 2 --dist worksteal
	$(BIN)/python tests/fuzzing/fuzz.py --minutes 10

BENCHMARKS := startup peers speed synthetic revisions page loading reading pdf validation faults
bench: $(STAMP)
	failed=; for script in $(BENCHMARKS); do $(BIN)/python benchmarks/$$script.py || failed=1; done; test -z "$$failed"

# What examples/ holds beside the published documents is written by munidx itself.
examples: $(STAMP)
	for edition in r6 r7; do $(BIN)/munidx convert examples/nawate-$$edition.txt -o examples/nawate-$$edition.toml || exit 1; done
	$(BIN)/munidx schema plan > examples/munidx-plan-1.schema.json

clean:
	rm -rf $(VENV) docs/_build .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis
