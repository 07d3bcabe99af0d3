# Needs Python 3.11 or newer, Git and make; brings everything else, Node too, in hash-locked packages.
# What each target leaves behind is a stamp in .venv/ or build/, so a second run does only what changed.

PYTHON ?= python3
JOBS ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
NODE := $(BIN)/node
CLI := node_modules/cdk8s-cli/bin/cdk8s

# A lock takes no release younger than this: a hijacked one is mostly found out within days.
LOCK_AGE := 7 days
UV := build/lock/bin/uv
UV_VERSION := 0.13.9
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --exclude-newer "$(LOCK_AGE)" \
	--custom-compile-command "make lock"

# Compiled bytecode halves the time to start; an environment that forbids it would cost that at every start.
unexport PYTHONDONTWRITEBYTECODE
# A folder on these paths would come before the locked packages.
unexport PYTHONPATH
unexport PYTHONHOME

.DELETE_ON_ERROR:
# One pip at a time in one environment; and the tests' last line is the last line.
.NOTPARALLEL:
.DEFAULT_GOAL := help

.PHONY: help
help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- the environment ----

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else \
	    "python 3.11 or newer is needed, %s is %s; name another: make PYTHON=python3.12" \
	    % (sys.executable, sys.version.split()[0]))'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.locked: requirements.lock $(VENV)/pyvenv.cfg
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

# Editable: the sources in constructs/ are what runs.
$(VENV)/.installed: pyproject.toml $(VENV)/.locked
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/python -m compileall -q constructs/trimtab
	@touch $@

$(VENV)/.locked-dev: requirements-dev.lock $(VENV)/.locked
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

.PHONY: install
install: $(VENV)/.installed ## the environment that `trimtab` runs in

.PHONY: dev
dev: $(VENV)/.installed $(VENV)/.locked-dev ## the same, with every tool of the tests

# ---- the product ----

.PHONY: synth
synth: install ## write dist/ for every cluster in apps/
	@$(BIN)/trimtab synth $(ARGS)

.PHONY: check
check: install ## check every settings file; writes nothing, starts no Node
	@$(BIN)/trimtab check

# npm keeps its own record of what it installed; a run that was killed leaves none.
node_modules/.package-lock.json: package.json package-lock.json .npmrc $(VENV)/.locked
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci
	@touch $@

.PHONY: cdk8s-cli
cdk8s-cli: install node_modules/.package-lock.json ## the pinned cdk8s command line, on the Node from .venv

# The app's `python` is the first one on the path. Words for the command line itself: make cdk8s-synth ARGS=--stdout
.PHONY: cdk8s-synth
cdk8s-synth: cdk8s-cli ## the same dist/ by way of the cdk8s command line
	@PATH="$(CURDIR)/$(BIN):$$PATH" CDK8S_CHECK_UPGRADE=false $(NODE) $(CLI) synth $(ARGS)

# ---- the tests: what CI runs ----

.PHONY: test
test: lint types floors drift pytest ## everything that CI runs

.PHONY: lint
lint: dev ## rules and format of the code
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

.PHONY: types
types: dev ## mypy, strict
	@$(BIN)/mypy

.PHONY: floors
floors: dev ## imports go down only, and only synth starts Node
	@$(BIN)/lint-imports --cache-dir build/import-linter

.PHONY: drift
drift: dev ## schemas/ is what the models say
	@rm -rf build/schemas
	@$(BIN)/trimtab schema --output build/schemas > /dev/null
	@diff -r schemas build/schemas || { echo "schemas/ is not what the models say; make schemas writes it anew" >&2; exit 1; }

# The two ends of the range of helm that charts are rendered with. The packages are for Linux on x86-64; elsewhere the
# tests take the helm on the path.
HELM := $(if $(filter Linux-x86_64,$(shell uname -s)-$(shell uname -m)),build/helm/.unpacked)
HELM_LOCK := $(addprefix tests/support/helm_support/,package.json package-lock.json .npmrc)

build/helm/.unpacked: $(HELM_LOCK) tests/support/helm_support/unpack.py $(VENV)/.locked
	@mkdir -p build/helm
	@cp $(HELM_LOCK) build/helm/
	cd build/helm && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci
	@$(BIN)/python tests/support/helm_support/unpack.py build/helm
	@rm -rf build/helm/node_modules
	@touch $@

.PHONY: helm
helm: $(HELM) ## helm, oldest and newest, for the tests that render charts

.PHONY: pytest
pytest: dev cdk8s-cli helm ## the tests, with coverage
	@$(BIN)/python -m pytest -n $(JOBS) --cov --cov-report=term $(ARGS)

.PHONY: quick
quick: dev ## the tests that take no time, without coverage
	@$(BIN)/python -m pytest -n $(JOBS) -m "not slow" $(ARGS)

.PHONY: bench
bench: dev ## how long a fleet of 100 clusters takes (docs/speed.md); minutes, on a quiet machine
	@PYTHONPATH=tests/support $(BIN)/python tests/bench/run.py $(ARGS)

# Apart from what is locked: no test of the suite needs it, and not every machine has a build of it.
build/fuzz/.installed: $(VENV)/.locked-dev
	@mkdir -p build/fuzz
	@$(PIP) install --quiet --upgrade --target build/fuzz/site "atheris>=3,<4" \
	    || echo "atheris cannot be installed here; the targets are skipped" >&2
	@touch $@

# One of tests/fuzz/targets, or all of them in turn: make fuzz TARGET=yaml_reader SECONDS=600
TARGET ?= $(sort $(basename $(notdir $(wildcard tests/fuzz/targets/*.py))))
SECONDS ?= 60

.PHONY: fuzz
fuzz: dev build/fuzz/.installed ## feed the readers what atheris makes up, SECONDS for each TARGET
	@for target in $(TARGET); do $(BIN)/python tests/fuzz/run.py $$target $(SECONDS) || exit 1; done

FACTOR ?= 20

.PHONY: fuzz-laws
fuzz-laws: dev ## the laws of settings and trees, on FACTOR times as many examples as in the suite; minutes
	@TRIMTAB_FUZZ=$(FACTOR) $(BIN)/python -m pytest -n $(JOBS) --timeout 3600 tests/fuzz $(ARGS)

# ---- what is generated and committed ----

.PHONY: schemas
schemas: install ## write schemas/ from the models
	@$(BIN)/trimtab schema

.PHONY: rules
rules: install ## write docs/rules/ from the rules and tests/bad/
	@rm -f docs/rules/*.md
	@$(BIN)/python -m trimtab.rules.pages

.PHONY: reference
reference: install ## write docs/reference/ from schemas/, and the words for completion
	@rm -f docs/reference/*.md
	@$(BIN)/python -m trimtab.reference.pages

# CHART may be a folder of archives; without it the charts of charts.lock are taken. VALUES are files of values that
# show more of them. A release without a chart: make facts RELEASE="gateway-api 1.6.1" FILES=folder-of-manifests
.PHONY: facts
facts: install $(HELM) ## what CHART=archive.tgz renders and reads, into the catalogue
	@PATH="$(addsuffix :,$(abspath $(lastword $(sort $(wildcard build/helm/[0-9]*)))))$$PATH" \
	  $(BIN)/python -m trimtab.charts.make_facts \
	  $(CHART) $(FILES) $(addprefix --values ,$(VALUES)) $(if $(RELEASE),--release $(RELEASE))

.PHONY: fmt
fmt: dev ## mend what ruff can mend
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

.PHONY: wheel
wheel: install ## the wheel, in build/
	@$(BIN)/python -m hatchling build -t wheel

$(UV):
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv==$(UV_VERSION)

.PHONY: lock
lock: $(UV) ## newest versions that pyproject.toml and package.json allow
	$(COMPILE) --upgrade --group build -o requirements.lock pyproject.toml
	$(COMPILE) --upgrade --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(MAKE) $(VENV)/.locked
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm update --package-lock-only

.PHONY: clean
clean: ## remove what was installed or cached; dist/ and schemas/ stay
	rm -rf $(VENV) build node_modules .hypothesis .mypy_cache .ruff_cache
