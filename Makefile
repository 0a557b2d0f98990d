# The front door: every target is one script in scripts/. `make help` lists them.

.DEFAULT_GOAL := help
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

.PHONY: help run dev build wasm art test bench bench-hub shots audit fuzz format lint install clean

help: ## List what make can do (this text)
	@bash scripts/help.sh

run: ## Install what is missing, build what changed, start Flux on http://localhost:8080
	@bash scripts/run.sh

dev: ## Start Flux and the web client so that both follow changes to their sources
	@bash scripts/dev.sh

build: ## Build build/flux: the server with the web client inside
	@bash scripts/build.sh

wasm: ## Build only the wire codec for the clients: build/wasm/flux_wire.wasm
	@bash scripts/wasm.sh

art: ## Make every model, motion, texture and bake anew with Blender; ONLY="built.glb" makes some
	@bash scripts/art.sh

test: ## Run every test; ONLY="unit client" runs only those stages
	@bash scripts/test.sh

bench: ## Run the benchmarks of bench/
	@bash scripts/bench.sh

bench-hub: ## The hub beside a bare C loop and other servers; ONLY=flux,bare PEOPLE=500,1000 pick
	@bash scripts/bench_hub.sh

shots: ## Take the product's twenty views into build/shots/sheet.png; ONLY="arrival phone" takes some
	@bash scripts/shots.sh

audit: ## Lighthouse on the entry page, as a phone on a mobile network would have it
	@bash scripts/audit.sh

fuzz: ## Fuzz every parser, FUZZ_SECONDS=60 each; ONLY=name runs one
	@bash scripts/fuzz.sh

format: ## Rewrite all sources in the project's format
	@bash scripts/format.sh

lint: ## Check format, types and common mistakes without changing anything
	@bash scripts/lint.sh

install: ## Copy build/flux to DESTDIR/PREFIX/bin (PREFIX=/usr/local)
	@bash scripts/install.sh

clean: ## Delete what was built (not the data, nor the downloaded packages)
	@bash scripts/clean.sh
