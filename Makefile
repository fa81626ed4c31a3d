# `make demo` runs the archive; `make test` tests it. The plain commands behind them stand in README.md.
PORT ?= 8000
PY := .venv/bin/python
PYTHON3 ?= python3
PYTEST := .venv/bin/pytest
unexport PYTHONDONTWRITEBYTECODE  # the second run need not compile the tests again

.PHONY: demo demo-reset setup messages services services-stop test test-quick test-postgresql lint format docs bench clean

demo: ## set everything up and run the archive on http://127.0.0.1:$(PORT)
	@$(PYTHON3) tools/demo.py --port $(PORT)

demo-reset: ## the same, from empty data
	@$(PYTHON3) tools/demo.py --port $(PORT) --reset

setup: ## the environment for developing and testing
	@$(PYTHON3) tools/setup_development.py

messages: setup ## compile the message catalogues
	@true

services: setup ## Chromium, PostgreSQL, tesseract, JDK and Elasticsearch, for tests (as root, on Debian)
	@tools/services/provision

services-stop: ## stop the servers that `make services` started
	@tools/services/provision stop

test: setup ## the whole suite: what this machine's services allow, the rest is listed by name
	@tools/test

# What a change most often breaks; the matrices of rights, the admin's screens and the imports of media take longer.
QUICK := tests/core tests/places tests/catalog/imports tests/catalog/test_*.py tests/iiif/image_api tests/iiif/text \
	tests/maps tests/reports tests/publishing/oai

test-quick: setup ## the part without browsers and servers, under a minute
	@$(PYTEST) -q -n 2 --dist loadfile -m "not browser and not elasticsearch and not postgresql and not slow" $(QUICK)

lint: setup ## every check of style, types, layers, messages, migrations
	@tools/lint

format: setup
	@.venv/bin/ruff check --fix-only -q . ; .venv/bin/ruff format -q .

docs: setup ## the documentation as a site in site/
	@.venv/bin/sphinx-build -W -q -b html docs site

clean: ## everything that is made, not written
	@rm -rf .venv node_modules var heritage/static/build .cache site
