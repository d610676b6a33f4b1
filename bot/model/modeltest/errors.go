package modeltest

// OddError is an error in the form of some server.
type OddError struct {
	Name        string
	ContentType string
	Body        string
	Want        string // the text that the client's error must contain
}

// OddErrors are forms of errors; each may come with any status.
var OddErrors = []OddError{
	{"an object of a text", "application/json", `{"error":"the queue is full"}`, "the queue is full"},
	{"an object of a code alone", "application/json", `{"error":{"code":"busy"}}`, "busy"},
	{"an object of a type alone", "application/json", `{"error":{"type":3}}`, "3"},
	{"a code that is a number", "application/json", `{"error":{"message":"the queue is full","code":50301,"type":"server_error"}}`, "the queue is full"},
	{"a type and code of other kinds", "application/json", `{"error":{"message":"the queue is full","code":{"a":1},"type":[2],"param":3}}`, "the queue is full"},
	{"a message that is a list", "application/json", `{"error":{"message":["the queue","is full"]}}`, "the queue; is full"},
	{"a message without an object", "application/json", `{"message":"the queue is full","code":7}`, "the queue is full"},
	{"a message alone", "application/json", `{"message":"the queue is full"}`, "the queue is full"},
	{"a detail", "application/json", `{"detail":"the queue is full"}`, "the queue is full"},
	{"a validator's details", "application/json", `{"detail":[{"loc":["body","queue"],"msg":"it is full","type":"value_error"}]}`, "it is full"},
	{"a list of errors", "application/json", `[{"error":{"code":503,"message":"the queue is full","status":"UNAVAILABLE"}}]`, "the queue is full"},
	{"errors", "application/json", `{"errors":[{"message":"the queue is full"}]}`, "the queue is full"},
	{"a problem", "application/problem+json", `{"type":"about:blank","title":"the queue is full","status":503}`, "the queue is full"},
	{"an error in an error", "application/json", `{"error":{"message":"{\"error\":{\"message\":\"the queue is full\"}}"}}`, "the queue is full"},
	{"a flat object", "application/json", `{"object":"error","message":"the queue is full","type":"x","param":null,"code":40303}`, "the queue is full"},
	{"a text in JSON", "application/json", `"the queue is full"`, "the queue is full"},
	{"plain text", "text/plain", "the queue is full\n", "the queue is full"},
	{"plain text called JSON", "application/json", "the queue is full", "the queue is full"},
	{"an HTML page", "text/html", "<!DOCTYPE html><html><head><title>The queue is full</title><style>a{}</style></head><body><h1>x</h1></body></html>", "The queue is full"},
	{"an HTML page without a title", "text/html", "<html><head><style>a{}</style></head><body><h1>The queue</h1> is full</body></html>", "The queue is full"},
	{"an event", "text/event-stream", "event: error\ndata: {\"error\":{\"message\":\"the queue is full\"}}\n\n", "the queue is full"},
	{"an object after a byte order mark", "application/json", "\ufeff{\"error\":{\"message\":\"the queue is full\"}}", "the queue is full"},
	{"an empty list", "application/json", "[]", "[]"},
	{"null", "application/json", "null", "null"},
	{"a number", "application/json", "7", "7"},
	{"an empty object", "application/json", "{}", "{}"},
	{"nothing", "text/plain", "", ""},
	{"an object that breaks off", "application/json", `{"error":{"message":"the queue is full","ty`, "the queue is full"},
}
