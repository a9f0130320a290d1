# Werkbot: `make run` shows it, `make check test` is what has to pass. Needs Python 3.11 or later with pip and venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Only wheels whose hashes stand in the lock: nothing is built, nothing unlocked is fetched.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := $(INSTALL) --require-hashes --only-binary :all:
COMPILE := $(BIN)/uv --quiet pip compile --universal --python-version 3.11 --no-build --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
SOURCES := bot knowledge tests docs $(wildcard benchmarks)

.DEFAULT_GOAL := help
.PHONY: help run test check format bench floors picture gallery lock upgrade clean

help: ## show what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/run ## start the bot: on Discord with DISCORD_TOKEN, else in the browser
	@$(BIN)/werkbot $(ARGS)

test: $(VENV)/dev ## run the tests
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/dev ## look for mistakes in form, style and types
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy

format: $(VENV)/dev ## bring the code into form
	$(BIN)/ruff check --fix-only $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

bench: $(VENV)/dev ## measure how fast it is
	@set -e; for file in $(sort $(wildcard benchmarks/*.py)); do echo "$$file"; $(BIN)/python "$$file"; done

floors: $(VENV)/dev ## write down how well each set of questions is answered, where it got better
	PYTHONPATH=. $(BIN)/python tests/engine/floors.py

picture: $(VENV)/run ## take the picture of the README anew, with Chromium
	$(BIN)/python docs/picture.py "how many i8 Roadsters?" docs/preview.png

gallery: $(VENV)/run ## take a picture of each kind of reply anew, with Chromium
	$(BIN)/python docs/gallery.py $(ARGS)

lock: $(VENV)/lock ## write the locked requirements anew, keeping versions that still fit
	$(COMPILE) $(UPGRADE) --extra preview --group build pyproject.toml -o requirements/run.txt
	$(COMPILE) $(UPGRADE) --extra preview --group build --group dev pyproject.toml \
		-c requirements/run.txt -o requirements/dev.txt
	$(COMPILE) $(UPGRADE) --group lock -o requirements/lock.txt

upgrade: ## write the locked requirements anew, with the newest versions
	$(MAKE) lock UPGRADE=--upgrade

clean: ## remove .venv and what the tools left
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find bot knowledge tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Werkbot needs Python 3.11 or later, and \
	$(PYTHON) is %d.%d. Try: make PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# The stamps: newer than their lock and the project's description, there is nothing to install.
$(VENV)/run: requirements/run.txt pyproject.toml $(VENV)/python
	$(LOCKED) -r requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q bot knowledge
	@touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/run
	$(LOCKED) -r requirements/dev.txt
	@touch $@

$(VENV)/lock: requirements/lock.txt $(VENV)/python
	$(LOCKED) -r requirements/lock.txt
	@touch $@
