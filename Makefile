# Everything runs in a virtual environment of its own, made on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_DIR ?=

.PHONY: help demo test test-slow test-browser check lint types floors wheel golden gallery clean

help:
	@echo "make demo    trace the sample incident and say where the report is"
	@echo "make test    run the test suite"
	@echo "make check   lint, types, import floors and tests"

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "error: $(PYTHON) is older than 3.11" >&2; \
		     echo "hint: name a newer one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "hint: on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@ln -sf bin/python $@

$(VENV)/installed: pyproject.toml | $(VENV)/python
	@echo "Installing bisect-ml into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(VENV)/python
	@echo "Installing bisect-ml and its test tools into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-browser: pyproject.toml | $(VENV)/installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,browser]'
	@touch $@

demo: $(VENV)/installed
	@$(BIN)/bisect-ml demo $(DEMO_DIR)

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto -m "not slow and not browser"

test-slow: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto -m slow

test-browser: $(VENV)/installed-browser
	$(BIN)/python -m pytest -m browser

check: lint types floors test

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/installed-dev
	$(BIN)/mypy

floors: $(VENV)/installed-dev
	$(BIN)/lint-imports

# Builds the wheel and runs it from an empty folder, with nothing of the checkout in reach.
wheel: $(VENV)/installed-dev
	rm -rf build dist
	$(BIN)/python -m build --quiet
	@set -e; empty=$$(mktemp -d); trap 'rm -rf "$$empty"' EXIT; \
	$(PYTHON) -m venv "$$empty/venv"; \
	"$$empty/venv/bin/python" -m pip install --quiet --disable-pip-version-check dist/*.whl; \
	cd "$$empty"; ./venv/bin/bisect-ml demo demo

golden: $(VENV)/installed-dev
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/report

# The pictures and texts of docs/gallery.md, and the README's picture; needs Chromium.
gallery: $(VENV)/installed-browser
	$(BIN)/python -m docs.gallery

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
