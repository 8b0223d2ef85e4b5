# make help lists the targets. Everything happens in .venv and build/, both git-ignored.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python
INSTALL := $(RUN) -m pip install --disable-pip-version-check -r requirements.lock
# the environment is made anew whenever the lock changes
READY := $(VENV)/.ready-$(shell cksum < requirements.lock | cut -d' ' -f1)

.DEFAULT_GOAL := help
.PHONY: help present watch deck pdf lab edit evidence claims figures check machines test mutants bench lint format clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(None if v >= (3, 11) else f"Python 3.11 or newer is needed, {sys.executable} is {v[0]}.{v[1]}: make PYTHON=python3.12 ...")'
	@echo "setting up $(VENV) (once; takes a minute or two)"
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) || (echo "once more, in case it was the network" && sleep 10 && $(INSTALL))
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.ready-* && touch $(READY)

present: $(READY) ## build a deck, show it on 127.0.0.1, reload after edits (DECK=talk PORT=8000)
	@$(RUN) -m scripts present --port $(PORT) $(if $(DECK),--deck $(DECK))

watch: $(READY) ## the same without opening a browser
	@$(RUN) -m scripts watch --port $(PORT) $(if $(DECK),--deck $(DECK))

deck: $(READY) ## build all decks: build/index.html, build/deck/, build/talk.html … (DECK=talk: one)
	@$(RUN) -m scripts deck $(if $(DECK),--deck $(DECK))

pdf: $(READY) ## print a deck to build/talk.pdf (DECK=talk)
	@$(RUN) -m scripts pdf $(if $(DECK),--deck $(DECK))

lab: PORT = 0
lab: $(READY) ## open copies of the notebooks, lab/, in JupyterLab, as a student does (FRESH=03: a new copy)
	@$(RUN) -m scripts lab --port $(PORT) $(if $(FRESH),--fresh $(FRESH))

edit: PORT = 0
edit: $(READY) ## open the notebooks themselves, slides/, in JupyterLab, as an author does
	@$(RUN) -m scripts lab --originals --port $(PORT)

evidence: $(READY) ## measure every claim on many seeds (SEEDS=64 CLAIM="id …" BACKEND=dask SCHEDULER=tcp://… RESTAMP=1)
	@$(RUN) -m scripts evidence $(if $(SEEDS),--seeds $(SEEDS)) $(if $(CLAIM),--claim $(CLAIM)) \
	  $(if $(BACKEND),--backend $(BACKEND)) $(if $(SCHEDULER),--scheduler $(SCHEDULER)) \
	  $(if $(RESTAMP),--restamp) $(if $(DRAW),--draw $(DRAW))

figures: $(READY) ## run everything, rewrite figures/ and the numbers in the notebooks (TOPIC=03)
	@$(RUN) -m scripts figures $(if $(TOPIC),--topic $(TOPIC))

claims: $(READY) ## measure a sample of seeds of every claim again; fail if one no longer holds
	@$(RUN) -m scripts claims $(if $(DICE),--dice $(DICE))

check: $(if $(TOPIC),$(READY),claims) ## that, then run everything and compare with figures/; fail on drift (TOPIC=03)
	@$(RUN) -m scripts check $(if $(TOPIC),--topic $(TOPIC))

machines: $(READY) ## tests of numbers, claims and figures as other processors compute them
	@$(RUN) -m scripts machines

test: $(READY) ## all tests, in a browser too (installs Chromium where there is none); TOPIC=dropout: its own
	@$(if $(TOPIC),,$(RUN) -m scripts browser > /dev/null)
	@$(RUN) -m pytest $(if $(TOPIC),--topic $(TOPIC))

mutants: $(READY) ## break the code in small ways; fail if no test notices (SAMPLE=8 NAME="…")
	@$(RUN) -m scripts mutants $(NAME) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED))

bench: $(READY) ## measure the ratios of the README's table
	@$(RUN) -m scripts.bench

lint: $(READY) ## what the tests check of style
	@$(RUN) -m ruff check . && $(RUN) -m ruff format --check .

format: $(READY) ## put code and notebooks in style, strip outputs
	@$(RUN) -m ruff check --fix . ; $(RUN) -m ruff format .
	@$(RUN) -m nbstripout --keep-id slides/*.ipynb

clean: ## remove what was built (not the environment)
	rm -rf build
