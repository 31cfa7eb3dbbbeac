# Two commands do everything: `make run` and `make test`.
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
export VAR_DIR ?= $(CURDIR)/var

.PHONY: run setup test check fmt lock browser

run: setup  ## set up what is missing, then serve http://127.0.0.1:$(PORT)
	@sh scripts/serve.sh $(PORT)

setup: $(VENV)/.installed  ## virtual environment and system libraries

$(VENV)/.installed: requirements.txt scripts/setup.sh
	@sh scripts/setup.sh requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@sh scripts/setup.sh requirements-dev.txt
	@touch $@

browser:
	@sh scripts/browser.sh

test: $(VENV)/.installed-dev browser  ## the whole suite, browser tests included
	$(PY) -m pytest -n 2 $(PYTEST_ARGS)

check: $(VENV)/.installed-dev  ## style, types, layers, templates, security, migrations, production settings
	@sh scripts/check.sh

fmt: $(VENV)/.installed-dev  ## put code and templates in shape
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

lock:  ## compile the hashed requirements from pyproject.toml (needs uv)
	uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
