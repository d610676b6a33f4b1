package main

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"reportbot/bot/answer"
	"reportbot/bot/telegram"
	"reportbot/store"
)

// metrics are the metrics of serve. Other packages declare interfaces of the methods
// that they call.
type metrics struct {
	registry *prometheus.Registry

	questions  *prometheus.CounterVec // by result
	claims     *prometheus.CounterVec // by outcome and reason
	modelFails *prometheus.CounterVec // by kind
	tokens     *prometheus.CounterVec // by kind
	took       *prometheus.HistogramVec
	updates    *prometheus.CounterVec // by outcome
	calls      *prometheus.CounterVec // by method and status
	inDoubt    prometheus.Counter
}

// seconds are the histograms' buckets.
var seconds = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120}

// newMetrics returns the metrics of a serve on s.
func newMetrics(s *store.Store) *metrics {
	live := func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		edition, err := s.Live(ctx)
		if err != nil {
			return 0
		}
		return float64(edition.ID)
	}
	m := &metrics{
		registry:   prometheus.NewRegistry(),
		questions:  counters("questions_total", "Questions by result.", "result"),
		claims:     counters("claims_total", "Claims of the model: shown, quoted (replaced by the report's sentence) or dropped, and why.", "outcome", "reason"),
		modelFails: counters("model_errors_total", "Model calls that failed or returned only part of a reply, by kind.", "kind"),
		tokens:     counters("model_tokens_total", "Tokens as the model's server counts them, by kind.", "kind"),
		updates:    counters("updates_total", "Updates from Telegram by outcome.", "outcome"),
		calls:      counters("telegram_calls_total", "Calls of the Bot API by method and HTTP status; status 0: no readable reply.", "method", "status"),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "reportbot", Name: "answer_seconds", Buckets: seconds,
			Help: "How long answers took, by part: retrieval, model, and whole.",
		}, []string{"part"}),
		inDoubt: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: "reportbot", Name: "sends_in_doubt_total",
			Help: "Messages that Telegram may have received without confirming: they may appear twice, or not at all.",
		}),
	}
	m.registry.MustRegister(m.questions, m.claims, m.modelFails, m.tokens, m.updates, m.calls, m.took, m.inDoubt,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		gauge("live_edition", "Id of the edition that answers questions; 0: none.", live))
	for _, status := range []answer.Status{answer.Answered, answer.Passages, answer.NotInReport} {
		m.questions.WithLabelValues(string(status))
	}
	for _, outcome := range []telegram.Outcome{telegram.Answered, telegram.Ignored, telegram.Refused, telegram.Forgotten, telegram.Failed} {
		m.updates.WithLabelValues(string(outcome))
	}
	return m
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "reportbot", Name: name, Help: help}, labels)
}

func gauge(name, help string, value func() float64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "reportbot", Name: name, Help: help}, value)
}

// watchQueue adds the number of waiting questions.
func (m *metrics) watchQueue(waiting func() int) {
	m.registry.MustRegister(gauge("queue_depth", "Questions waiting for earlier ones.", func() float64 { return float64(waiting()) }))
}

// handler serves the metrics.
func (m *metrics) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

// Asked counts an answer.
func (m *metrics) Asked(a *answer.Answer) {
	m.questions.WithLabelValues(string(a.Status)).Inc()
	for _, claim := range a.Claims {
		if a.Mode == answer.ByModel && !claim.Quoted {
			m.claims.WithLabelValues("shown", "").Inc()
		}
	}
	for _, rejected := range a.Rejected {
		outcome := "dropped"
		if rejected.Quoted {
			outcome = "quoted"
		}
		m.claims.WithLabelValues(outcome, string(rejected.Why)).Inc()
	}
	if a.Cause != nil {
		m.modelFails.WithLabelValues(string(a.Notice)).Inc()
	}
	m.tokens.WithLabelValues("prompt").Add(float64(a.Usage.PromptTokens))
	m.tokens.WithLabelValues("completion").Add(float64(a.Usage.CompletionTokens))
	m.took.WithLabelValues("retrieval").Observe(a.Took.Retrieval.Seconds())
	m.took.WithLabelValues("whole").Observe(a.Took.Total.Seconds())
	if a.Took.Model > 0 {
		m.took.WithLabelValues("model").Observe(a.Took.Model.Seconds())
	}
}

// Called counts a call of the Bot API.
func (m *metrics) Called(method string, status int) {
	m.calls.WithLabelValues(method, strconv.Itoa(status)).Inc()
}

// Settled counts an update.
func (m *metrics) Settled(outcome telegram.Outcome) {
	m.updates.WithLabelValues(string(outcome)).Inc()
}

// InDoubt counts a message that was possibly sent.
func (m *metrics) InDoubt() { m.inDoubt.Inc() }

// defaultMetricsListen is the default address of /metrics.
const defaultMetricsListen = "127.0.0.1:9090"

// listenForMetrics serves /metrics until stop is called. If no address is set and the
// default one is in use, by another bot or by Prometheus itself, serve runs without
// metrics.
func (o *Options) listenForMetrics(log *slog.Logger, handler http.Handler) (stop func(), err error) {
	if o.MetricsListen != "" {
		return listen("METRICS_LISTEN", o.MetricsListen, handler)
	}
	stop, err = listen("METRICS_LISTEN", defaultMetricsListen, handler)
	if err != nil {
		log.Warn("/metrics is not served", "error", err)
		return func() {}, nil
	}
	return stop, nil
}
