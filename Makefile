# What builds and tests need; see README.md.
TAGS := sqlite_fts5
GO   := go

.PHONY: run build test lint fuzz

# The chat in the terminal; it also answers questions piped to it.
run: build
	@./reportbot

build:
	@$(GO) build -tags $(TAGS) -o reportbot ./cmd/reportbot

test:
	$(GO) test -race -tags $(TAGS) ./...

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

lint:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "gofmt: $$unformatted"; exit 1; fi
	$(GO) vet -tags $(TAGS) ./...
	$(GO) run $(STATICCHECK) -tags $(TAGS) ./...
