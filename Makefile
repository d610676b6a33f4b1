# What builds and tests need; see README.md.
TAGS := sqlite_fts5
GO   := go

.PHONY: run build test quick lint eval learn bench fuzz soak load kills takeover

# The chat in the terminal; it also answers questions piped to it.
run: build
	@./reportbot

build:
	@$(GO) build -tags $(TAGS) -o reportbot ./cmd/reportbot

# A line for each package as its tests end; what is slow begins first.
GOTESTSUM := $(GO) run gotest.tools/gotestsum@v1.13.0 --format pkgname-and-test-fails --format-hide-empty-pkg
PACKAGES  := ./cmd/reportbot ./bot/telegram ./store/... ./retrieval/... ./...

# The code that PDFium is compiled to is kept by wazero's version, which test
# binaries don't know: named, the tests share it with the program and compile once.
WAZERO  := github.com/tetratelabs/wazero
VERSION := -ldflags "-X $(WAZERO)/internal/version.version=$$($(GO) list -m -f '{{.Version}}' $(WAZERO))"
# Many tests wait more than they compute: four of a package run at once, on any machine.
PARALLEL := -parallel 4
# `make lint` vets all: the tests are not vetted a second time.
# PDFium is compiled first, without the race detector: with it that takes ten times
# as long, and more memory than the process that reads PDFs may use.
test:
	@$(GO) test -vet=off -tags $(TAGS) $(VERSION) -run TestMetadata ./store/report/pdf
	$(GOTESTSUM) -- -race -vet=off $(PARALLEL) -tags $(TAGS) $(VERSION) $(PACKAGES)

# For the inner loop: without the race detector and what takes several seconds.
quick:
	$(GOTESTSUM) -- -short -vet=off $(PARALLEL) -tags $(TAGS) $(VERSION) $(PACKAGES)

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

lint:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "gofmt: $$unformatted"; exit 1; fi
	$(GO) vet -tags $(TAGS) ./...
	$(GO) run $(STATICCHECK) -tags $(TAGS) ./...

# What becomes of a model's claims, by code and by a judge; and, where the
# development data lies beside the repository, how well questions are answered.
SHARED := ../shared/report
eval: build
	@$(GO) test -count=1 -tags $(TAGS) -run 'FrozenTables|ModelClaims' -v ./bot/answer/claim | grep -oE 'table .*'
	@$(GO) test -count=1 -tags $(TAGS) -run XXX -bench Check ./bot/answer/claim | grep -E '^Benchmark'
	@$(GO) test -count=1 -tags $(TAGS) -run 'FollowUpsAreFound|AWordingHelps|FiftyMilliseconds' -v ./bot/answer | \
		grep -oE '(of [0-9]+ follow-ups|of [0-9]+ questions|from the claim).*'
	@$(GO) test -count=1 -tags $(TAGS) -run XXX -bench Judge -benchtime 7x ./bot/answer | grep -E '^Benchmark'
	@$(GO) test -count=1 -tags $(TAGS) -run 'Tables|Falsifications' -v ./bot/verify | grep -oE 'table .*'
	@if [ -d $(SHARED) ]; then for questions in $(SHARED)/dev-questions.jsonl retrieval/eval/testdata/questions.jsonl; do \
		./reportbot eval --compare --report $(SHARED)/isw-2024-11-01.vi.txt $$questions || exit 1; done; fi

# The ranking's weights, learned anew under cross-validation, and what each
# feature is worth; some minutes, where the development data lies beside the
# repository.
learn:
	$(GO) test -count=1 -timeout 1h -tags $(TAGS) -run "LearnWeights|AbsenceFigures|EnglishReports" -v ./retrieval -learn -learn.worth

# Retrieval beside plain FTS5 and bleve, in one run.
bench:
	cd retrieval/bench && $(GO) run -mod=mod -tags $(TAGS) .

# Loads that are killed at random moments, and readers while reports are loaded;
# `make test` tries a few.
kills: KILLS := 220
kills: LOADS := 100
kills:
	@KILLS=$(KILLS) LOADS=$(LOADS) $(GO) test -count=1 -tags $(TAGS) -run 'TestAKill|ReadersSee' -v -timeout 30m ./store | grep -v '^=== '

# Every fuzz target for a while, one after the other.
FUZZTIME := 30s
fuzz:
	@for file in $$(grep -rl '^func Fuzz' --include='*_test.go' .); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9]*\).*/\1/p' $$file); do \
			echo "$$file $$target"; \
			$(GO) test -tags $(TAGS) -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 2s ./$$(dirname $$file) || exit 1; \
		done; \
	done

# serve under fire: killed KILLS times while people ask in 200 chats, and in
# bursts of ten questions; faults of both servers while 100 people ask; a flood.
# The tests run the same for a short while.
soak: KILLS := 1000
soak:
	$(GO) test -count=1 -timeout 2h -tags $(TAGS) -v -run 'OverManyKills|InSpiteOfFaults|AFloodFrom' ./cmd/reportbot -soak.kills $(KILLS) -soak.chats 200 -burst.kills $(KILLS) -faults.people 100 | grep -v '^=== '

# Two serves that share a bot, with the real Litestream and a real NATS server: the
# holder killed and its disk taken away TAKEOVERS times in each of four ways, cut off
# from NATS, stopped, ended; and what it costs to confirm late.
takeover: TAKEOVERS := 25
takeover:
	cd cmd/reportbot/takeover && $(GO) test -count=1 -timeout 4h -parallel 1 -v . -takeovers $(TAKEOVERS) | grep -oE 'table .*|^(---|FAIL|ok).*|.*_test.go.*'

# A table of questions a second beside a bare bot of the library, syncs to the disk
# (where there is strace), processor time and memory; then memory over time.
load:
	$(GO) test -count=1 -timeout 2h -tags $(TAGS) -v -run 'TestLoad$$|MemoryStaysFlat' ./cmd/reportbot -load.for 10s -load.memory 10m | grep -v '^=== '
