# Every target makes ready what it needs, from the virtual environment on; a second run takes no time for that.
#
#   make demo [PORT=8000] [RESET=1] [PYTHON=python3.12]     the whole site on this machine
#   make test [ARGS="-k …"]   make check                    what a change must pass
#   make bench [ONLY=corrections] [SCALE=full]              what is measured
#   make drill [ONLY=installation]                          the long tests: on a machine of their own, with kills
#   make audit [ONLY=html]                                  what judges of pages say: Lighthouse, the HTML checker, …

PORT ?= 8000
PY := .venv/bin/python

# Data of others and rivals to compare with, where they are at hand; without them tests and benchmark say "not run".
CORPORA_DIR ?= $(wildcard $(abspath ../shared/corpora))
PEERS_DIR ?= $(wildcard $(abspath ../shared/peers-bench))
ifneq ($(CORPORA_DIR),)
export CORPORA_DIR
endif
ifneq ($(PEERS_DIR),)
export PEERS_DIR
endif

CHECKS := check-format check-lint check-types check-imports check-migrations check-deployment check-templates

.PHONY: demo test check $(CHECKS) bench audit drill lock ready-base ready-dev ready-audit

demo: ready-base
	@exec $(PY) -m demo.serve --port "$(PORT)" --owner $$PPID $(if $(filter-out 0,$(RESET)),--reset)

test: ready-dev
	@$(PY) -m newsroom.translations
	@exec bin/test $(ARGS)

check: $(CHECKS)

check-format: ready-dev
	$(PY) -m ruff format --check --quiet .

check-lint: ready-dev
	$(PY) -m ruff check --quiet .

check-types: ready-dev
	$(PY) -m mypy .

check-imports: ready-dev
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

check-migrations: ready-dev
	$(PY) manage.py makemigrations --check --dry-run

check-deployment: ready-dev
	@$(PY) -m newsroom.translations
	env DEBUG=0 DEMO=0 SITE_URL=https://news.example ALLOWED_HOSTS=news.example HSTS_SUBDOMAINS=1 HSTS_PRELOAD=1 \
	    SECRET_KEY=only-for-this-check-and-long-enough-to-pass-as-a-real-one-0123456789 \
	    $(PY) manage.py check --deploy --fail-level WARNING --database default

check-templates: ready-dev
	find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	env DEMO=1 $(PY) manage.py check_templates

bench: ready-dev
	@if [ -d benchmarks ]; then \
	    ONLY="$(ONLY)" SCALE="$(SCALE)" exec $(PY) -m benchmarks; \
	else echo "Nothing is measured yet: there is no folder benchmarks/."; fi

audit: ready-audit
	@ONLY="$(ONLY)" exec $(PY) -m audit

drill: ready-dev
	@ONLY="$(ONLY)" exec $(PY) -m drills

lock: ready-dev
	@$(PY) -m uv --version >/dev/null 2>&1 || $(PY) -m pip install --quiet --disable-pip-version-check uv
	for name in base dev audit; do \
	    $(PY) -m uv pip compile -q --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
	        --no-header --no-annotate $(LOCK) requirements/$$name.in -o requirements/$$name.txt \
	    || exit; \
	done

ready-base:
	@bin/setup base

ready-dev:
	@bin/setup dev

ready-audit:
	@bin/setup audit
