# Two commands on a fresh machine: make demo, make test. They install what is missing, then write
# into .venv and demo-archive only.
.DEFAULT_GOAL := help
.PHONY: help demo test torture lint audit messages clean

help:
	@echo "make demo   install what is missing, make an archive of samples/ and search it"
	@echo "make test   install what is missing and run the tests (ARGS=\"-k search\" chooses some)"
	@echo "make torture  kill it, cut its power, fill its disk at every step (an hour or more)"
	@echo "make lint   check format, style and types"
	@echo "make audit  look for known faults in what it stands on (needs a network)"
	@echo "make messages  bring the Vietnamese messages up to date with the code"
	@echo "make clean  remove .venv, demo-archive and what tools have left"

demo:
	@sh tools/install.sh
	@sh tools/demo.sh

test:
	@sh tools/install.sh test
	.venv/bin/python -m pytest $(ARGS)

torture:
	@sh tools/install.sh test
	.venv/bin/python -m torture all
	PARTYDOC_CRASH_STRIDE=1 .venv/bin/python -m pytest tests/index/test_killed.py

lint:
	@sh tools/install.sh lint
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m ruff check .
	.venv/bin/python -m mypy partydoc

audit:
	@sh tools/install.sh lint
	.venv/bin/python -m bandit -q -c pyproject.toml -r partydoc
	.venv/bin/python -m pip freeze --exclude partydoc >.venv/frozen.txt
	.venv/bin/python -m pip_audit --strict --no-deps --disable-pip -r .venv/frozen.txt

messages:
	@sh tools/install.sh test
	@sh tools/messages.sh

clean:
	rm -rf .venv demo-archive build dist *.egg-info .pytest_cache .hypothesis .ruff_cache .mypy_cache
