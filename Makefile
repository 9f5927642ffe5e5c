# The two commands of the house are `make demo` and `make test`. The others are parts of them, or tools.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
# What the demonstration plays. Another one: make demo DEMO="play …"
DEMO ?= play vasteras-hotell --trace build/vasteras-hotell.svg --trace build/vasteras-hotell.png
# How many pytest workers, and further words to pytest: make test PYTEST="-k rules". (Tests of one xdist_group
# share what is slow to make, so they go to one worker.)
WORKERS ?= 2
PYTEST ?=
# How long the deep profile goes on, on how many processes, and from which seed (today's date where none is given).
DEEP_MINUTES ?= 60
DEEP_WORKERS ?= 1
DEEP_SEED ?=
# Words to the benchmarks: make bench BENCH="--quick --out build/benchmarks".
BENCH ?=
# More mutants, others, or those of some files only: make mutation MUTATION="--sample 1000 --seed 7 --only directory"
MUTATION ?=

.PHONY: help demo test test-deep check docs pictures bench mutation clean

help:
	@echo "make demo      set up what is needed and play the hotel case in Västerås"
	@echo "make test      set up what is needed; ruff, mypy, import-linter and all tests"
	@echo "make test-deep states, stories and lives through all engines for an hour (DEEP_MINUTES, DEEP_WORKERS, DEEP_SEED)"
	@echo "make check     ruff, mypy and import-linter only"
	@echo "make docs      write the pages of docs/ as a site, build/site, to read without network"
	@echo "make pictures  draw the plan again"
	@echo "make bench     measure, beside other engines too, and write docs/benchmarks"
	@echo "make mutation  change the engine in 400 ways and see whether the tests notice"
	@echo "make clean     remove what was built (but not .venv)"

demo:
	@bash tools/setup.sh demo
	@mkdir -p build
	$(BIN)/samverkan $(DEMO)

test:
	@setup_from=$$SECONDS; \
	bash tools/setup.sh test; \
	tests_from=$$SECONDS; \
	status=0; \
	{ $(MAKE) lint && $(BIN)/pytest -n $(WORKERS) --dist loadgroup $(PYTEST); } || status=$$?; \
	echo "Set-up took $$((tests_from - setup_from)) s, checks and tests took $$((SECONDS - tests_from)) s."; \
	exit $$status

test-deep:
	@bash tools/setup.sh test
	$(BIN)/python -m tests.deep --minutes $(DEEP_MINUTES) --workers $(DEEP_WORKERS) $(if $(DEEP_SEED),--seed $(DEEP_SEED))

check:
	@bash tools/setup.sh test
	@$(MAKE) lint

# The checks alone, in an environment that is ready.
.PHONY: lint
lint:
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

# MkDocs 1 is what the site is made with; that a version 2 is to come is nothing for every build to tell.
docs:
	@bash tools/setup.sh test
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# What is drawn and committed under diagrams/: the plan, and the real case as it is played.
pictures:
	@bash tools/setup.sh demo
	$(BIN)/python tools/pictures.py

bench:
	@bash tools/setup.sh test
	$(BIN)/python -m tests.benchmarks $(BENCH)

mutation:
	@bash tools/setup.sh mutation
	PYTHONHASHSEED=0 $(BIN)/python tools/mutation $(MUTATION)

clean:
	rm -rf build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find engine tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
