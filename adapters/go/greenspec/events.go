package greenspec

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"time"
)

// events are the events of one run: each numbered and written under one lock, before its step goes on. The lock is Go's, for want of a
// better one: where goroutines spin on a lock of the OS threads' own, one that is interrupted while it holds it gets no processor back.
type events struct {
	channel channel
	run     string

	mutex  sync.Mutex
	number int
	over   bool
}

type event struct {
	Run    string   `json:"run"`
	N      int      `json:"n"`
	Thread string   `json:"thread"`
	OS     int      `json:"os"`
	At     float64  `json:"at"`
	Label  string   `json:"label"`
	Phase  string   `json:"phase"`
	Value  *Value   `json:"value,omitempty"`
	Error  *failure `json:"error,omitempty"`
}

func (e *events) started(thread, label string) int {
	return e.write(event{Thread: thread, Label: label, Phase: "started"})
}

func (e *events) entered(thread, label string) {
	e.write(event{Thread: thread, Label: label, Phase: "entered"})
}

func (e *events) finished(thread, label string, value Value) {
	if number, is := value.(float64); is && (math.IsInf(number, 0) || math.IsNaN(number)) {
		value = fmt.Sprint(number) // which JSON cannot say
	}
	e.write(event{Thread: thread, Label: label, Phase: "finished", Value: &value})
}

func (e *events) raised(thread, label string, err error) {
	failure := failureOf(err)
	e.write(event{Thread: thread, Label: label, Phase: "raised", Error: &failure})
}

// last is the number of the last event; 0 before the first.
func (e *events) last() int {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	return e.number
}

// end ends the run and gives the last number: what green threads that it left behind still do belongs to no run.
func (e *events) end() int {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.over = true
	return e.number
}

var begin = time.Now()

func (e *events) write(event event) int {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.over {
		return e.number
	}
	e.number++
	event.Run, event.N, event.OS = e.run, e.number, osThread()
	event.At = float64(time.Since(begin).Nanoseconds()) / 1e6
	e.channel.write(fitted(event))
	return e.number
}

// fitted is an event's line, its value cut to a string that ends in … where it would be too long.
func fitted(event event) []byte {
	line := eventLine(event)
	if len(line) <= eventLimit || event.Value == nil {
		return line
	}
	text, isText := (*event.Value).(string)
	if !isText {
		text = strings.TrimSuffix(string(encode(*event.Value)), "\n")
	}
	for length := eventLimit; len(line) > eventLimit; length = length * 9 / 10 {
		var short Value = cut(text, length) + "…"
		event.Value = &short
		line = eventLine(event)
	}
	return line
}

func eventLine(event event) []byte {
	return encode(map[string]any{"jsonrpc": "2.0", "method": "event", "params": event})
}
