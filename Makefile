# make demo: the demonstration county, end to end.  make test: what CI runs.  make quality: scores beside baselines.
PYTHON ?= python3
VENV ?= .venv
EXTRAS ?= dev
BIN := $(VENV)/bin
# two processes, each with whole files, for tests of one file share what they make; empty: one process
AT_ONCE ?= -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: demo test quality bench corpus clean

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[$(EXTRAS)]'
	touch $@

demo: $(VENV)/ready
	mkdir -p out/demo
	$(BIN)/banli demo --store out/demo/banli.db --out out/demo

test: $(VENV)/ready
	$(BIN)/python -m pytest -m "not bench" $(AT_ONCE)

quality: $(VENV)/ready
	$(BIN)/python -m tests.quality

bench: $(VENV)/ready
	$(BIN)/python -m pytest -m bench -s

corpus: $(VENV)/ready
	$(BIN)/python corpora/yunhe/build.py

clean:
	rm -rf $(VENV) out
