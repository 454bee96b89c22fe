# Every verb of the project; `make help` lists them. A verb sets up by itself whatever it needs.

LOCALSTACK_PORT ?= 4566
ORDERS ?= 50
export LOCALSTACK_PORT

# The local cloud and nothing else: no profile or session of a real account may leak into these commands.
LOCAL := env -u AWS_PROFILE -u AWS_SESSION_TOKEN AWS_ENDPOINT_URL=http://127.0.0.1:$(LOCALSTACK_PORT) \
	AWS_DEFAULT_REGION=us-east-1 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test \
	PYTHONDONTWRITEBYTECODE=1
PY := .venv/bin/python
PYTEST := $(LOCAL) $(PY) -m pytest -q

# Two roots of types: the bar's, and the local cloud's, which is a package of its own.
BAR := app.py conftest.py chalicelib deployer simulator tests tools/addresses
CLOUD := localstack/local_cloud localstack/tests

.DEFAULT_GOAL := help
.PHONY: help setup local stop status logs order robots shell test test-unit test-local-cloud test-bar test-offline \
	check format bench clean

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make the Python environment in .venv (every other verb does it too)
	@tools/environment

local: setup ## Start the local cloud, deploy, seed, print the URLs; again: converge
	@$(PY) -m local_cloud start
	@$(LOCAL) $(PY) -m deployer up --seed
	@$(PY) tools/addresses

stop: setup ## Stop all of it and wait until it is gone
	@$(PY) -m local_cloud stop

status: setup ## Say what runs
	@$(PY) -m local_cloud status

logs: setup ## Follow the local cloud's log
	@$(PY) -m local_cloud logs -f

order: setup ## Play one real order against the running bar, step by step
	@$(LOCAL) $(PY) -m simulator order

robots: setup ## Send customers and baristas that order, make and forget (ORDERS=50)
	@$(LOCAL) $(PY) -m simulator robots --orders $(ORDERS)

shell: setup ## Open a shell in which awslocal, chalice and the deployer reach the running bar
	@$(LOCAL) tools/shell

check: setup ## Lint, format and strict types
	$(PY) -m ruff check $(BAR) $(CLOUD)
	$(PY) -m ruff format --check $(BAR) $(CLOUD)
	$(PY) -m mypy $(BAR)
	$(PY) -m mypy $(CLOUD)

format: setup ## Mend what the linter and the formatter can mend
	$(PY) -m ruff check --fix-only $(BAR) $(CLOUD)
	$(PY) -m ruff format $(BAR) $(CLOUD)

test: check test-unit test-local-cloud test-bar ## Everything; starts a local cloud of its own if none is running

test-unit: setup ## The fast tests: no server, no network, seconds
	$(PYTEST) -n 2 tests/unit tests/architecture tests/statemachine
	$(PYTEST) localstack/tests -m "not cloud"

test-local-cloud: setup ## The local cloud alone, without the bar
	$(PYTEST) localstack/tests -m cloud

test-bar: setup ## Stores on the real DynamoDB, and the deployed bar through its public URLs
	$(PYTEST) -n 2 tests/contract tests/integration

test-offline: ## make local and make test again with the network gone (needs one run of both before)
	@tools/without-network $(MAKE) local order test stop

bench: setup ## Measure the running bar; writes .local/bench.json
	@$(LOCAL) $(PY) -m simulator bench

clean: ## Stop, and remove everything that was made here but the environment
	@if [ -x $(PY) ]; then $(PY) -m local_cloud stop; fi
	rm -rf .local .chalice/deployed .chalice/deployments
