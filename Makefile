# Every target sets up what it needs, once, from Python 3.11 or newer alone: `.venv` with the pinned packages.
PYTHON ?= python3
INPUT  ?= seeds
OUT    ?= out
ARGS   ?=
GOLD   ?=
CORPORA ?=
JOBS ?= logical

VENV := .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip --disable-pip-version-check -qq
CORE := $(VENV)/.installed-core
DEV  := $(VENV)/.installed-dev
BENCH := $(VENV)/.installed-bench
DOCS := $(VENV)/.installed-docs
CLUSTER := $(VENV)/.installed-cluster
TRAIN := $(VENV)/.installed-train

.DEFAULT_GOAL := help
.PHONY: help run report evaluate evaluate-ner test test-matrix test-cluster test-hostile test-expressions coverage lint hooks gate docs dist readme bench bench-sentences train train-stanza train-boilerplate clean

help: ## Show this list
	@echo "penghargaan: Indonesian award news in, a tidy table of awards out"
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | \
		while IFS='|' read -r name text; do printf '%-22s %s\n' "$$name" "$$text"; done
	@echo
	@echo '  make run INPUT=folder OUT=folder ARGS="--tables awards,entities,sentences,articles"'
	@echo '  make evaluate GOLD=pages.jsonl'

run: $(CORE) ## Read the pages of INPUT (default: seeds), write the tables to OUT (default: out)
	@$(BIN)/python -m pipeline run -o "$(OUT)" $(ARGS) -- "$(INPUT)"

report: $(CORE) ## Write OUT/report.html, a page that shows the run in OUT (if there is none yet: of INPUT)
	@test -f "$(OUT)/run.json" || $(BIN)/python -m pipeline run -q -o "$(OUT)" --tables awards,entities,articles \
		-- "$(INPUT)" || test $$? -eq 1
	@$(BIN)/python -m pipeline report "$(OUT)" $(ARGS)

evaluate: $(CORE) ## Score every stage on GOLD (default: the held-out seeds)
	@$(BIN)/python -m pipeline evaluate $(if $(GOLD),--gold "$(GOLD)") $(ARGS)

test: $(DEV) ## Run all tests, on JOBS=cores (default: all)
	@$(BIN)/python -m pytest -q -n "$(JOBS)" --dist worksteal $(ARGS)

test-matrix: $(DEV) ## Run the tests on every Python from 3.11 to 3.14 that is found
	@$(BIN)/nox $(if $(ARGS),-- $(ARGS))

coverage: $(DEV) ## Run the tests and tell which lines of pipeline/ they reach, in build/coverage
	@$(BIN)/python -m pytest -q -n "$(JOBS)" --dist worksteal --cov --cov-report= $(ARGS)
	@$(BIN)/coverage html --quiet
	@$(BIN)/coverage report --skip-covered --skip-empty --sort=miss
	@echo "Open build/coverage/index.html"

test-cluster: $(CLUSTER) ## Run the tests on a local Ray cluster of two nodes
	@$(BIN)/python -m pytest -q tests/batch/test_cluster.py $(ARGS)

test-hostile: $(DEV) ## Run over 10,000 damaged pages
	@$(BIN)/python scripts/mutate_pages.py annotations/dev/pages.jsonl tests/fixtures/pages $(ARGS)

test-expressions: $(DEV) ## Measure every regular expression on its worst texts, up to a megabyte
	@$(BIN)/python scripts/check_expressions.py $(ARGS)

lint: $(DEV) ## Check style, formatting and types
	@status=0; \
	$(BIN)/ruff check --quiet --output-format concise . || status=1; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/mypy || status=1; \
	exit $$status

hooks: $(DEV) ## Have git check style, types and lexicon before each commit
	@$(BIN)/pre-commit install

gate: $(CORE) ## Fail where a score is below its recorded floor
	@$(BIN)/python -m pipeline.evaluation.gate $(if $(wildcard ../shared/gold),--shared ../shared) $(ARGS)

docs: $(DOCS) ## Build the documentation into build/docs
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict $(ARGS)
	@echo "Open build/docs/index.html"

readme: $(CORE) ## Write the output of run and evaluate, and the columns, into README.md
	@$(BIN)/python scripts/update_readme.py

bench: $(BENCH) ## Measure speed and memory on INPUT=pages, beside spaCy, stanza and trafilatura
	@OMP_NUM_THREADS=1 $(BIN)/python scripts/bench.py "$(INPUT)" $(ARGS)

evaluate-ner: $(if $(CORPORA),$(TRAIN)) ## Score rules, model and both on names: seeds, GOLD=files, and the public test sets in CORPORA=folder
	@test -n "$(CORPORA)" || { echo "Name the folder that holds ner/: make $@ CORPORA=folder"; exit 2; }
	@OMP_NUM_THREADS=1 $(BIN)/python scripts/evaluate_ner.py "$(CORPORA)" $(if $(GOLD),--gold $(GOLD)) $(ARGS)

train: $(if $(CORPORA),$(TRAIN)) ## Train the tagger on CORPORA=folder and on our own pages (GOLD=more pages)
	@test -n "$(CORPORA)" || { echo "Name the folder that holds ner/ and news/: make $@ CORPORA=folder"; exit 2; }
	@$(BIN)/python scripts/train_tagger.py "$(CORPORA)" $(if $(GOLD),--gold $(GOLD)) --work build/tagger -o models/tagger $(ARGS)

bench-sentences: $(if $(CORPORA),$(BENCH)) ## Compare sentence splitters on the treebanks in CORPORA=folder
	@test -n "$(CORPORA)" || { echo "Name the folder that holds ud/: make $@ CORPORA=folder"; exit 2; }
	@$(BIN)/python scripts/bench_sentences.py "$(CORPORA)" $(ARGS)

train-stanza: $(if $(CORPORA),$(BENCH)) ## Train the tokenizer of the stanza engine on the treebanks in CORPORA=folder
	@test -n "$(CORPORA)" || { echo "Name the folder that holds ud/: make $@ CORPORA=folder"; exit 2; }
	@OMP_NUM_THREADS=1 $(BIN)/python scripts/train_stanza.py "$(CORPORA)" $(ARGS)

train-boilerplate: $(CORE) ## Judge a classifier of lines against the rules, on GOLD=files and HTML=file
	@test -n "$(GOLD)" || { echo "Name gold: make $@ GOLD=pages.jsonl HTML=html.jsonl"; exit 2; }
	@OMP_NUM_THREADS=1 $(BIN)/python scripts/train_boilerplate.py $(GOLD) $(if $(HTML),--html "$(HTML)") $(ARGS)

dist: $(CORE) ## Build the wheel into dist/
	@$(PIP) wheel --no-deps --wheel-dir dist .

clean: ## Remove environments, caches and the default output folder
	@rm -rf $(VENV) .nox .coverage .pytest_cache .ruff_cache .mypy_cache .hypothesis build dist out *.egg-info
	@find pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are made last, so that an interrupted installation starts again.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(CORE): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up $(VENV) (once, a minute or two) ..."
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up $(VENV) with the test tools (once, a minute or two) ..."
	@$(PIP) install --constraint constraints.txt --editable '.[dev,docs,stanza]'
	@touch $(CORE) $(DOCS) $@

$(DOCS): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up $(VENV) with the documentation's tools (once, a minute or two) ..."
	@$(PIP) install --constraint constraints.txt --editable '.[docs]'
	@touch $(CORE) $@

$(CLUSTER): $(DEV) constraints-cluster.txt
	@echo "Setting up $(VENV) with Ray (once, a minute or two) ..."
	@$(PIP) install --constraint constraints.txt --constraint constraints-cluster.txt --editable '.[dev,cluster]'
	@touch $@

$(BENCH): pyproject.toml constraints.txt constraints-bench.txt | $(BIN)/python
	@echo "Setting up $(VENV) with other sentence splitters (once, some minutes) ..."
	@$(PIP) install --constraint constraints.txt --constraint constraints-bench.txt --editable '.[bench]'
	@touch $(CORE) $@

$(TRAIN): pyproject.toml constraints.txt constraints-train.txt | $(BIN)/python
	@echo "Setting up $(VENV) with what trains the model (once, some minutes) ..."
	@$(PIP) install --constraint constraints.txt --constraint constraints-train.txt --editable '.[train]'
	@touch $(CORE) $@
