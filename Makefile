# Every target starts from a bare clone: it makes .venv and installs what it needs by itself, at the versions of .ci/*.lock.
# PYTHON=… chooses the interpreter (3.11 or later), COMPTOIR_CHROMIUM=… the browser of the tests, LOCK=no the newest versions.

VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help site serve test check format bench lock clean
export LOCK

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/.installed ## build the demonstration into site/
	$(BIN)/comptoir build .

serve: $(VENV)/.installed ## preview of the demonstration that follows edits
	$(BIN)/comptoir serve .

test: $(VENV)/.installed-dev ## every test, those in the browser included
	@chromium=$$(.ci/find-chromium) && COMPTOIR_CHROMIUM="$$chromium" $(PYTEST) -m "not real_data"

check: $(VENV)/.installed-dev ## format, lint, types, and the content of the demonstration
	$(BIN)/ruff format --check generator tests benchmarks
	$(BIN)/ruff check generator tests benchmarks
	$(BIN)/mypy
	$(BIN)/comptoir check .

format: $(VENV)/.installed-dev ## put the code in its usual form
	$(BIN)/ruff format generator tests benchmarks
	$(BIN)/ruff check --fix generator tests benchmarks

EDITS := 20
ROWS := 5000000
bench: $(VENV)/.installed-dev ## builds, edits (EDITS=20) and large exports (ROWS=5000000), as ratios of one run
	$(BIN)/python benchmarks/build.py
	$(BIN)/python benchmarks/edits.py $(EDITS)
	$(BIN)/python benchmarks/large_export.py $(ROWS)

lock: $(VENV)/.installed-dev ## renew the locked versions, from what pyproject.toml allows
	.ci/lock $(BIN)/uv

clean: ## remove what was built (.venv stays)
	rm -rf build dist site .comptoir .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.created:
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	  python=$$(.ci/find-python) && echo "Creating $(VENV) with $$python" && "$$python" -m venv --clear $(VENV); }
	@touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml .ci/requirements.lock
	@echo "Installing Comptoir into $(VENV)"
	@.ci/install $(VENV)
	@$(BIN)/python -m compileall -q generator # pip does so for what it copies
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed pyproject.toml .ci/requirements-dev.lock
	@echo "Installing the tools of development into $(VENV)"
	@.ci/install $(VENV) dev
	@touch $@
