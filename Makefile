# Two commands: `make run` starts Xietong with a demonstration, `make test` runs every test.
# Needed: Python 3.11 or newer with pip, and make. Another interpreter: make run PYTHON=python3.13

PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test check bench docs screenshots vendor lock clean

help:
	@echo "make run     start Xietong with demonstration data"
	@echo "make test    all tests, on SQLite and on PostgreSQL   (part of them: make test ARGS='-k plans')"
	@echo "make check   style, types, layers, templates, catalogue, documentation"
	@echo "make bench   the benchmarks"
	@echo "make docs    write the generated pages of the documentation"
	@echo "make screenshots  take the pictures of the documentation anew (needs Chromium)"
	@echo "make vendor  fetch the third-party front-end files and the font of charts (needs npm)"
	@echo "make lock    resolve the Python packages anew"
	@echo "make clean   remove what can be made again; the data in var/ stays"

run:
	@$(PYTHON) tools/setup_environment.py run
	@$(BIN)/xietong run --demonstration

test:
	@$(PYTHON) tools/setup_environment.py dev
	@$(PYTHON) tools/system_packages.py
	@$(BIN)/python -m tests $(ARGS)

check:
	@$(PYTHON) tools/setup_environment.py dev
	@$(BIN)/python tools/check.py

bench:
	@$(PYTHON) tools/setup_environment.py dev
	@for file in $(filter-out $(addprefix bench/,bare_irt.py browser.py calibrators.py exams.py months.py peer.py r_mirt.py),$(wildcard bench/[a-z]*.py)); do \
	  echo "== $$file"; PYTHONPATH=. $(BIN)/python "$$file" || exit 1; \
	done

docs:
	@$(PYTHON) tools/setup_environment.py run
	@$(BIN)/xietong docs

screenshots:
	@$(PYTHON) tools/setup_environment.py dev
	@$(BIN)/python tools/screenshots.py
	@$(BIN)/python tools/method_pictures.py

vendor:
	@$(PYTHON) tools/vendor.py
	@$(PYTHON) tools/chart_font.py

lock:
	@$(PYTHON) tools/setup_environment.py run
	@$(BIN)/python tools/lock.py

clean:
	rm -rf .venv var/bootstrap build dist src/*.egg-info test-results .coverage* .hypothesis \
	  .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find src tests tools bench -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
