# Two commands for everybody: `make run` and `make test`. The rest is for those who build it.
# Each works from a fresh clone with Python 3.11+ and make; requirements/install.sh says how.

PY := .venv/bin/python
WORKERS ?= 3
KILLS ?= 1000
MESSAGES ?= 1000
STATES ?= 200

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test every kill pages zalo bench lint pictures plans lock clean

help: ## danh sách này · this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## chạy thử, không cần mạng hay mã bot (FRESH=1 làm lại từ đầu, PORT=8090) · the sandbox
	@sh requirements/install.sh run
	@exec $(PY) -m bot sandbox$(if $(filter-out 0,$(FRESH)), --fresh)$(if $(PORT), --port $(PORT))

test: ## chạy mọi bài thử và đo độ phủ của bot/domain (WORKERS=3, BROWSER_TESTS=required) · all tests, with coverage
	@sh requirements/install.sh test
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal --ignore tests/rules
	@$(PY) -m pytest -n $(WORKERS) tests/rules --cov --cov-report term:skip-covered

every: ## như make test, mọi biến thể: cả hai mạng, cả ảnh Docker; make test chơi một phần · all variants of the tests
	@sh requirements/install.sh test
	@EVERY=1 $(PY) -m pytest -n $(WORKERS) --dist worksteal tests/flows tests/contracts

pages: ## bài thử dài: tin khẩn không bao giờ im lặng, STATES=200 lượt · no page falls silent, as a state machine
	@sh requirements/install.sh test
	@STATES=$(STATES) $(PY) -m pytest -q tests/faults/test_page_states.py

kill: ## bài thử dài: giết tiến trình KILLS=1000 lần dưới tải (KILL_SEED=… lặp lại) · the long kill test
	@sh requirements/install.sh test
	@KILLS=$(KILLS) $(PY) -m pytest -q tests/faults/test_kill.py -s

zalo: ## bài thử dài: Zalo mất, chậm, lặp câu trả lời, MESSAGES=1000 tin (ZALO_SEED=…) · Zalo at its worst
	@sh requirements/install.sh test
	@MESSAGES=$(MESSAGES) $(PY) -m pytest -q tests/faults/test_zalo.py

bench: ## đo tốc độ, khoảng hai phút, cách đo ở bench/README.md · speed beside its peers
	@sh requirements/install.sh test
	@$(PY) -W ignore -m bench.report_dialog
	@$(PY) -m bench.step
	@$(PY) -m bench.verify
	@$(PY) -m bench.start
	@$(PY) -m bench.paging_flood

lint: ## ruff, mypy, ranh giới giữa các phòng · style, types, import layers
	@sh requirements/install.sh test
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports

pictures: ## chụp lại ảnh trong docs/pictures bằng Chromium · the README's pictures again
	@BROWSER_TESTS=required sh requirements/install.sh test
	@BROWSER_TESTS=required PICTURES=1 $(PY) -m pytest -q tests/browser

plans: ## ghi lại docs/plans và playbooks/schemas theo dữ liệu · the plans' pages and the schemas
	@sh requirements/install.sh run
	@$(PY) -m bot plan pages
	@$(PY) -m bot plan schemas

lock: ## ghi lại requirements/*.txt theo pyproject.toml, cần uv (LOCK=--upgrade) · new hashed locks
	@PATH="$(CURDIR)/.venv/bin:$$PATH"; command -v uv >/dev/null || \
		{ echo 'Cần uv: python3 -m pip install uv · uv is needed' >&2; exit 2; }; \
	lock='uv pip compile -q --universal --python-version 3.11 --generate-hashes'; \
	lock="$$lock --no-emit-index-url pyproject.toml $(LOCK)"; \
	UV_CUSTOM_COMPILE_COMMAND='make lock' $$lock -o requirements/run.txt && \
	UV_CUSTOM_COMPILE_COMMAND='make lock' $$lock --extra test -c requirements/run.txt \
		-o requirements/test.txt

clean: ## xóa .venv và bộ nhớ đệm, giữ data/ · remove .venv and caches, keep data/
	@rm -rf .venv .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
