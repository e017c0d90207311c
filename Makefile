# The words of this project: demo, test, check, bench. Each says what it does before it does it.
SHELL := /bin/sh
SWIFT ?= swift
# What a build of the tests is told besides; continuous integration leaves out what it has no use for.
BUILD_FLAGS ?=
PORT ?= 8080
PYTHON ?= python3
DEBUG_BINARY = .build/debug/sikilap
RELEASE_BINARY = .build/release/sikilap
PHONE = .build/debug/sikilap_Web.resources
ASKED = .build/asked-records

.PHONY: demo build release deps test test-deps unit phone browser commands log-check crash fuzz tables lint check bench clean

## demo: build, fill a database with a synthetic district, serve it on this computer
demo: deps release
	@$(RELEASE_BINARY) demo --port $(PORT)

deps:
	@sh Tools/setup/require.sh build

test-deps:
	@sh Tools/setup/require.sh test

build: deps
	$(SWIFT) build

release:
	$(SWIFT) build -c release --product sikilap

## test: everything that CI runs
test: test-deps lint tables unit
	@$(MAKE) --jobs=2 --output-sync=target fuzz browser crash commands phone log-check

unit:
	$(SWIFT) build $(BUILD_FLAGS) --build-tests
	SIKILAP_ASKED_RECORDS=$(CURDIR)/$(ASKED) $(SWIFT) test $(BUILD_FLAGS) --skip-build

## phone: the WebAssembly core against the program, byte for byte, and against WHO's figures
phone: $(DEBUG_BINARY)
	$(PYTHON) Tests/Phone/run.py --binary $(DEBUG_BINARY) --wasm $(PHONE)/core.wasm
	$(PYTHON) Tests/Phone/care.py --binary $(DEBUG_BINARY) --wasm $(PHONE)/care.wasm $(if $(wildcard $(ASKED)),--asked $(ASKED))

## browser: every page in a real Chromium, narrow and wide
browser: $(DEBUG_BINARY)
	$(PYTHON) Tests/Browser/run.py --binary $(DEBUG_BINARY)

## commands: the command line as a user meets it
commands: $(DEBUG_BINARY)
	$(PYTHON) Tests/Commands/run.py --binary $(DEBUG_BINARY)

## log-check: the independent checker of facts and log, against every forgery that it names
log-check: $(DEBUG_BINARY)
	$(PYTHON) Tests/LogCheck/run.py --binary $(DEBUG_BINARY)

## crash: kill -9, power cut and full disk during imports
crash: $(DEBUG_BINARY)
	$(MAKE) -C Tools/power-cut
	$(PYTHON) Tools/crash/kill9.py --binary $(DEBUG_BINARY) --runs 25 --seed 1
	$(PYTHON) Tools/crash/powercut_import.py --binary $(DEBUG_BINARY) --runs 12 --seed 1
	$(PYTHON) Tools/crash/diskfull.py --binary $(DEBUG_BINARY) --runs 4

## fuzz: the packed formats and the CSV reader, for a minute
fuzz:
	sh Tools/fuzz/run.sh 60

## tables: docs/tables.md and the growth tables are what the sources give
tables:
	$(PYTHON) Tools/growth-tables/check.py
	$(SWIFT) build $(BUILD_FLAGS)
	$(DEBUG_BINARY) tables | diff - docs/tables.md

## lint: formatting, and that the table of security requirements names what is there
lint:
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Plugins Tools Package.swift
	$(PYTHON) Tools/asvs/check.py --control

check: lint unit

## bench: figures on this machine, written to docs/performance
bench: deps release
	$(PYTHON) Benchmarks/run.py --binary $(RELEASE_BINARY)

$(DEBUG_BINARY):
	$(SWIFT) build $(BUILD_FLAGS)

clean:
	rm -rf .build demo
