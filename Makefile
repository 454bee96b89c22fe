# Every verb of the project; `make help` lists them. A verb sets up by itself whatever it needs.

LOCALSTACK_PORT ?= 4566
STAGE ?= aws
YES ?=
WITH :=
FAST ?=
ORDERS ?= 50
FILE ?= simulator/recordings/busy_ten_minutes.jsonl
SPEED ?= 10
REPORTS ?=
TABLES ?= dynamodb-local
# Of the command line alone: many an environment has a PORT that is meant for others.
PORT := 4443
PHONES := 1
TEXT_PORT := 4580
MODULE :=
STEP :=
BREAKAGE :=
export LOCALSTACK_PORT
PORT_FROM := $(origin LOCALSTACK_PORT)

# What Python compiles is kept, or each command would begin a second later; but apart from what is deployed.
export PYTHONPYCACHEPREFIX := $(CURDIR)/.local/bytecode
unexport PYTHONDONTWRITEBYTECODE

# A proxy that the machine has for the world does not know what runs on it.
comma := ,
NOT_BY_PROXY := 127.0.0.1,localhost$(addprefix $(comma),$(or $(no_proxy),$(NO_PROXY)))

# The local cloud and nothing else: no profile or session of a real account may leak into these commands.
LOCAL := env -u AWS_PROFILE -u AWS_SESSION_TOKEN AWS_ENDPOINT_URL=http://127.0.0.1:$(LOCALSTACK_PORT) \
	AWS_DEFAULT_REGION=us-east-1 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test \
	NO_PROXY="$(NOT_BY_PROXY)" no_proxy="$(NOT_BY_PROXY)"
PY := .venv/bin/python

# What came in one file (make bundle) has all that is to be installed in carried/: no network is asked, no cache needed.
ifneq ($(wildcard carried),)
export UV_OFFLINE := 1
export UV_NO_INDEX := 1
export UV_FIND_LINKS := $(CURDIR)/carried/packages
export PIP_NO_INDEX := 1
export PIP_FIND_LINKS := $(CURDIR)/carried/packages
export LOCAL_CLOUD_NPM_PACKAGES := $(CURDIR)/carried/packages
endif

# What the bar is made of; the local cloud loads it at its start, which is faster than at the first calls.
WITH_SERVICES := LOCAL_CLOUD_SERVICES=dynamodb,lambda,stepfunctions,apigateway,apigatewayv2,cloudwatch,cognito-idp,dynamodbstreams,events,iam,logs,s3,ses,sns,sqs,sts

# REPORTS=folder keeps each run's results there, as JUnit's XML; $$$$ is the shell's process id, another for each line.
PYTEST = $(LOCAL) $(PY) -m pytest -q $(if $(REPORTS),--junitxml=$(abspath $(REPORTS))/$@-$$$$.xml)
# A file's tests stay together, so that what is expensive to make is made once.
TWO_AT_ONCE := -n 2 --dist loadfile

# The programs of /bin/sh; any shell of POSIX's runs them.
SHELL_PROGRAMS := .ci/run $(filter-out tools/addresses,$(wildcard tools/*))
SHELLCHECK := shellcheck --shell=sh --enable=avoid-nullary-conditions,check-unassigned-uppercase,deprecate-which,quote-safe-variables

# Two roots of types: the bar's, and the local cloud's, which is a package of its own.
BAR := app.py conftest.py bundle chalicelib deployer gate simulator upkeep workshop tests tools/addresses
CLOUD := localstack/local_cloud localstack/tests localstack/examples

# A project beside the bar has a `chalicelib` of its own, so its types are looked at where it lies. Chalice has it that
# there may be no current request; in a route there is one.
ALONE := --config-file $(CURDIR)/pyproject.toml --cache-dir $(CURDIR)/.mypy_cache/alone --disable-error-code union-attr .

# What only Linux has shows as an error, unless it stands where only Linux comes.
AS_ON_MACOS := --platform darwin --no-warn-unreachable --cache-dir .mypy_cache/darwin

.DEFAULT_GOAL := help
.PHONY: help setup pages chromium engines install port local share bundle room stop status logs order robots play sweep dlq shell deploy destroy \
	watch workshop text read translations pictures doctor check break hint diff solve reset undo \
	test test-unit test-pages test-local-cloud test-bar test-engine test-bundle test-offline static lint types types-on-macos locks \
	format docs screenshots bench cost clean

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make the Python environment in .venv (every other verb does it too)
	@tools/environment

pages: setup ## Build the pages into frontend/dist (brings Node along where there is none)
	@tools/pages

chromium: setup engines ## Find what only the tests need: a browser (as root on Debian: installed where there is none), both table engines, the text
	@tools/chromium
	@tools/text

engines: setup ## Fetch both programs that can keep the tables, dynoxide and DynamoDB Local
	@$(PY) -m local_cloud install
	@LOCAL_CLOUD_TABLES=dynamodb-local $(PY) -m local_cloud install

install: pages ## Put all onto this machine that make local starts, and start nothing
	@$(PY) -m local_cloud install

port: ## Say at once whether the port is taken by another program (make local does it)
	@tools/port

local: port pages ## Start the local cloud as it was, deploy, seed, print the URLs; again: converge (FRESH=1: begin anew; OPEN=0: open no browser)
	@$(WITH_SERVICES) $(PY) -m local_cloud start --keep $(if $(FRESH),--fresh)
	@$(LOCAL) $(PY) -m deployer up --seed
	@$(PY) -S tools/addresses

share: setup ## Let the phones of a room into the running bar (ADDRESS=..., none: lists them; PORT=4443; PLAIN=1: without TLS)
	@$(LOCAL) $(PY) -m gate --address "$(ADDRESS)" --port $(PORT) --phones-per-address $(PHONES) $(if $(PLAIN),--plain)

bundle: pages ## Write all that a machine of this kind needs into one file for a room, in dist/ (needs no network the second time)
	@tools/text
	@$(PY) -m bundle

room: setup ## Hand the bundle and the text out to a room (ADDRESS=..., none: lists them; PORT=8000)
	@$(PY) -m gate.files --address "$(ADDRESS)" --port $(if $(filter file,$(origin PORT)),8000,$(PORT))

stop: setup ## Stop all of it and wait until it is gone (LOCALSTACK_PORT=4600: just the bar on that port)
	@tools/stop $(if $(filter file,$(PORT_FROM)),,$(LOCALSTACK_PORT))

status: setup ## Say what runs
	@$(PY) -m local_cloud status

logs: setup ## Follow the local cloud's log
	@$(PY) -m local_cloud logs -f

order: setup ## Play one real order against the running bar, step by step
	@$(LOCAL) $(PY) -m simulator order

robots: setup ## Send customers and baristas that order, make and forget (ORDERS=50; RUSH=2: two come a second, and who finds no place leaves)
	@$(LOCAL) $(PY) -m simulator robots --orders $(ORDERS) $(if $(RUSH),--rush $(RUSH) --speed 3 --forget-share 0)

play: setup ## Replay a recorded ten minutes on the bus (FILE=..., SPEED=10)
	@$(LOCAL) $(PY) -m simulator play $(FILE) --speed $(SPEED)

sweep: setup ## Find what is stuck and mend it, now
	@$(LOCAL) $(PY) -m upkeep sweep

dlq: setup ## Show the dead letters (REPLAY=1 does them again, with ONLY=id just that one; SHOW=id prints one)
	@$(LOCAL) $(PY) -m upkeep dead-letters $(if $(REPLAY),--replay) $(addprefix --only ,$(ONLY)) $(if $(SHOW),--show $(SHOW))

shell: setup ## Open a shell in which awslocal, chalice and the deployer reach the running bar
	@$(LOCAL) tools/shell

watch: pages ## Put each save into the running bar at once, yours (my-bar/) or the finished one, whichever was deployed last
	@$(LOCAL) $(PY) -m deployer watch

# With the caller's own environment: its profile, region and credentials say which account.
deploy: pages ## Deploy to an account of AWS; shows the plan and asks (STAGE=aws; WITH=my-bar: yours; YES=1: does not ask)
	@$(PY) -m deployer up --stage $(STAGE) $(if $(WITH),--with "$(WITH)") $(if $(YES),--yes)

destroy: setup ## Take all of it away from the account again; shows what is lost and asks
	@$(PY) -m deployer down --stage $(STAGE) $(if $(YES),--yes)

# Building the bar oneself, in my-bar/, which stands instead of the finished bar's files.
workshop: setup ## Build the bar yourself: begin a module, or the next one, and say where to read on (MODULE=1b)
	@$(LOCAL) $(PY) -m workshop begin $(MODULE)

text: setup ## Build the workshop's text, to be read from files too, and say where it is
	@tools/text
	@echo "The text: file://$(CURDIR)/.local/text/en/README.html"

read: setup ## Read the workshop's text in the browser, with your progress beside it; Ctrl-C ends it (TEXT_PORT=4580)
	@tools/text
	@$(PY) -m workshop read --port $(TEXT_PORT)

translations: setup ## Bring what is to be translated of the text into each language's files (workshop/text/locale)
	@tools/text translations

pictures: setup ## Draw the workflow after each step of the workshop, for its text (docs/workshop/pictures)
	@$(PY) -m workshop.step_workflows | tools/pages npm run --silent pictures -- ../docs/workshop/pictures

doctor: setup ## Is anything on this machine in the way of building, and what to do about it
	@$(LOCAL) $(PY) -m workshop doctor

check: setup ## What does not hold yet of what you built, and what to try (MODULE=1a STEP=2)
	@$(LOCAL) $(PY) -m workshop check $(MODULE) $(addprefix --step ,$(STEP))

break: setup ## Break something at the running bar and do not say what: a game day (BREAKAGE=3: that)
	@$(LOCAL) $(PY) -m workshop break $(BREAKAGE)

hint: setup ## The next hint for the step that does not hold (MODULE=1a STEP=2)
	@$(LOCAL) $(PY) -m workshop hint $(MODULE) $(addprefix --step ,$(STEP))

diff: setup ## Yours beside the solution (MODULE=1a STEP=2)
	@$(LOCAL) $(PY) -m workshop diff $(MODULE) $(addprefix --step ,$(STEP))

solve: setup ## Write the solution, a copy of yours is kept; or mend what make break broke (MODULE=1a STEP=2)
	@$(LOCAL) $(PY) -m workshop solve $(MODULE) $(addprefix --step ,$(STEP))

reset: setup ## Begin a module anew, with the solutions of those before it; a copy of yours is kept (MODULE=1b)
	@$(LOCAL) $(PY) -m workshop reset $(MODULE)

undo: setup ## Bring back what the last solve or reset wrote over
	@$(LOCAL) $(PY) -m workshop undo

static: lint types types-on-macos ## Lint, format and strict types, these as on Linux and on macOS

types: setup ## Strict types alone, as on Linux
	$(PY) -m mypy $(BAR)
	$(PY) -m mypy $(CLOUD)
	for one in workshop/microservices/*/; do (cd $$one && $(abspath $(PY)) -m mypy $(ALONE)) || exit 1; done

types-on-macos: setup ## Strict types alone, as on macOS
	$(PY) -m mypy $(AS_ON_MACOS) $(BAR)
	$(PY) -m mypy $(AS_ON_MACOS) $(CLOUD)

lint: setup ## Linter, format and the shell's programs alone
	$(PY) -m ruff check $(BAR) $(CLOUD)
	$(PY) -m ruff format --check $(BAR) $(CLOUD)
	@PATH="$(CURDIR)/.venv/bin:$$PATH"; if command -v shellcheck >/dev/null; then $(SHELLCHECK) $(SHELL_PROGRAMS); \
	else echo "shellcheck comes without a wheel for this machine: install it (Debian: apt install shellcheck) to check tools/"; fi

locks: setup ## See that all locks can be installed on each platform that the README names (asks the package index)
	$(PYTEST) -n 2 tests/online

format: setup ## Mend what the linter and the formatter can mend
	$(PY) -m ruff check --fix-only $(BAR) $(CLOUD)
	$(PY) -m ruff format $(BAR) $(CLOUD)

docs: setup ## Write docs/defects.md anew, and the local cloud's table of plugins, of the one that runs
	@$(PY) -m tests.architecture.defects
	@$(PY) localstack/tests/plugin_table.py http://127.0.0.1:$(LOCALSTACK_PORT)

# What computes on one core goes side by side, where make keeps apart what each says (from 4.0 on; macOS has 3.81).
SIDE_BY_SIDE := $(if $(filter output-sync,$(.FEATURES)),--jobs=2 --output-sync=target)

# Where a bundle can be made at all (docs/bundle.md).
BUNDLE_TEST := $(if $(filter Linux-x86_64,$(shell uname -s)-$(shell uname -m)),test-bundle)

# FAST=1: no cloud, no deployment and no browser.
test: $(if $(FAST),setup,chromium) ## Everything; starts a local cloud of its own if none is running (FAST=1: minutes, without any)
	@$(MAKE) --no-print-directory $(SIDE_BY_SIDE) types types-on-macos test-pages lint
	@$(MAKE) --no-print-directory test-unit test-local-cloud $(if $(FAST),,test-bar test-engine $(BUNDLE_TEST))

test-unit: setup ## The fast tests: no server, no network, seconds
	@tools/text
	$(PYTEST) $(TWO_AT_ONCE) tests/aws_account tests/unit tests/architecture tests/statemachine

test-pages: setup ## The pages' own rules: lint, format, types and tests without a browser
	@tools/pages npm run $(if $(FAST),check:quick,check)
	@tools/pages npm test

test-local-cloud: $(if $(FAST),setup,chromium) ## The local cloud alone, without the bar (FAST=1: what needs none that runs)
	$(PYTEST) $(TWO_AT_ONCE) localstack/tests $(if $(FAST),-m "not cloud")
	$(if $(FAST),,LOCAL_CLOUD_HOME=$(or $(LOCAL_CLOUD_HOME),$(CURDIR)/.local/cloud) $(PYTEST) localstack/examples/guestbook)

test-bar: chromium pages ## Stores on the real DynamoDB, and the deployed bar through its public URLs
	$(WITH_SERVICES) $(PYTEST) -n 2 tests/contract tests/integration
	$(PYTEST) tests/permissions

test-engine: engines ## The stores on the engine that keeps tables only where it is asked for (TABLES=dynamodb-local)
	LOCAL_CLOUD_TABLES=$(TABLES) $(PYTEST) $(TWO_AT_ONCE) tests/contract -k "not memory"

test-bundle: bundle ## One file installs on a machine with Python alone, and there the bar opens (Linux; without a network)
	tools/without-network $(PYTEST) tests/bundle

test-offline: ## make local, one order and make test with the network gone (needs make local chromium bundle before)
	@tools/without-network $(MAKE) local order test stop

screenshots: chromium pages ## Take a picture of every screen of the pages into docs/screenshots
	rm -f docs/screenshots/*.png
	SCREENSHOTS=docs/screenshots $(PYTEST) -n 2 tests/integration/pages/test_accessibility.py

bench: pages ## Measure the running bar; writes .local/bench.json (THOUSAND=1: serves a thousand orders; RESTART=1: empties it)
	@$(LOCAL) $(PY) -m simulator bench --up $(if $(RESTART),--from-nothing) $(if $(THOUSAND),--thousand)

cost: setup ## Count and price one order at the running bar; writes docs/cost.md
	@$(LOCAL) $(PY) -m simulator cost --page docs/cost.md

clean: ## Stop, and remove everything that was made here but the environment
	@if [ -x $(PY) ]; then tools/stop; fi
	rm -rf .local dist .chalice/deployed .chalice/deployments
