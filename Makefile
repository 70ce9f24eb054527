# The one front door. `make run` starts the demo city, `make test` runs every check there is.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

export PATH := $(CURDIR)/.node/bin:$(PATH)

DATA   ?= data/demo
PACK   ?= packs/zhengzhou
DAYS   ?= 60
LISTEN ?= 127.0.0.1:8700

# Outside dist/, which is embedded whole.
WEB_BUILT := web/node_modules/.built
WEB_FILES := $(shell find web -type d \( -name node_modules -o -name dist -o -name tests \) -prune -o -type f -print 2>/dev/null)

.PHONY: help run build web test check bench shots bootstrap
help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

run: build ## Build and serve the demo city (DATA, PACK, DAYS, LISTEN); a second start keeps the data
	target/release/guancheng demo --data $(DATA) --pack $(PACK) --days $(DAYS) --listen $(LISTEN)

build: web ## The release binary with the web app in it
	cargo build --release --locked -p guancheng

web: bootstrap $(WEB_BUILT) ## The web app alone, into web/dist

$(WEB_BUILT): $(WEB_FILES) $(if $(wildcard web/dist),,bootstrap)
	cd web && npm run build
	@touch $@

bootstrap:
	@tools/bootstrap.sh

test: ## Everything: format, lints, all tests, browser, API fuzzing
	@tools/test.sh

check: ## The quick part of `test`: format, lints, rules of the house
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo test -q --locked -p xtask

bench: ## Measure, and print one table beside the limits of this machine
	@tools/bench.sh

shots: ## Start the demo and take the pictures of docs/img
	@tools/shots.sh
