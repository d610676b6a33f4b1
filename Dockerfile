# Two stages: build a static binary, ship nothing else.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=1 go build -trimpath \
    -tags "sqlite_fts5 osusergo netgo sqlite_omit_load_extension" \
    -ldflags '-s -w -linkmode external -extldflags "-static"' \
    -o /out/reportbot ./cmd/reportbot
RUN mkdir -p /out/data /out/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/reportbot /reportbot
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/tmp /tmp
USER 65532:65532
ENV DB=/data/reportbot.db
VOLUME /data
WORKDIR /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/reportbot", "health"]
ENTRYPOINT ["/reportbot"]
CMD ["serve"]
