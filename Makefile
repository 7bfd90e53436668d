# The project's commands. `make help` lists them.

PYTHON := .venv/bin/python
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint format types contracts package bench shots screenshot translations requirements lock clean ready-run ready-test

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ready-run ## set up what is missing and open the console on a simulated office
	@scripts/demo

test: ready-test lint types contracts ## lint, types, layers and all tests, headless; the real Asterisk where it can be had
	@scripts/lab
	@scripts/windows
	$(if $(ARGS),scripts/headless $(PYTHON) -m pytest $(ARGS),scripts/test-all)
	@$(PYTHON) scripts/requirements.py --brief

lint: ready-test ## style and formatting
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check

format: ready-test ## put the code into its form
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

types: ready-test ## static types
	$(PYTHON) -m mypy

contracts: ready-test ## which layer may import which
	.venv/bin/lint-imports

package: ready-test ## the packages for Windows, with hashes, bill of materials and licences, into dist; see docs/windows.md
	@scripts/system-packages package
	rm -rf dist
	$(PYTHON) -m installer $(ARGS)

bench: ready-test ## measure the goals of speed, and the storm for a minute; table and plot in out/bench
	@status=0; \
	scripts/headless $(PYTHON) -m tests.bench $(ARGS) || status=1; \
	RECEPTION_STORM_S=60 scripts/headless $(PYTHON) -m pytest -q -s tests/gui/test_storm.py || status=1; \
	exit $$status

shots: ready-test ## pictures of the window in its states, into out/shots
	scripts/headless $(PYTHON) -m tests.shots.make out/shots

screenshot: ready-test ## the picture in the README
	scripts/headless $(PYTHON) scripts/screenshot.py docs/console.png

translations: ready-test ## bring the translations in step with the texts of the window
	$(PYTHON) -m resources.translations.update

requirements: ready-test ## how many requirements have a passing test, and which have none
	@test -f out/requirements.json || scripts/test-all
	@$(PYTHON) scripts/requirements.py

lock: ## choose the newest allowed versions again and pin them with hashes
	scripts/lock

clean: ## remove what the commands made, the environment too
	rm -rf .venv .cache out build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready-run:
	@scripts/setup run

ready-test:
	@scripts/setup test
