package greenspec

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// events are the events of one run: each numbered and written under one lock, before its step goes on. Nothing is allocated under it: that may
// begin to collect garbage, and the goroutine would wait with the lock in its hands.
type events struct {
	channel channel
	run     string

	lock   lock
	number int
	over   bool
	line   [eventLimit]byte
}

type event struct {
	Run    string   `json:"run"`
	Thread string   `json:"thread"`
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
	e.lock.Lock()
	defer e.lock.Unlock()
	return e.number
}

// end ends the run and gives the last number: what green threads that it left behind still do belongs to no run.
func (e *events) end() int {
	e.lock.Lock()
	defer e.lock.Unlock()
	e.over = true
	return e.number
}

var begin = time.Now()

func (e *events) write(event event) int {
	event.Run = e.run
	begun := fitted(event)
	e.lock.Lock()
	defer e.lock.Unlock()
	if e.over {
		return e.number
	}
	e.number++
	e.channel.write(complete(append(e.line[:0], begun...), e.number))
	return e.number
}

// complete adds what is known only once an event is written: its number, the OS thread and the time.
func complete(line []byte, number int) []byte {
	line = strconv.AppendInt(append(line, `,"n":`...), int64(number), 10)
	line = strconv.AppendInt(append(line, `,"os":`...), int64(osThread()), 10)
	line = strconv.AppendFloat(append(line, `,"at":`...), float64(time.Since(begin).Nanoseconds())/1e6, 'f', 6, 64)
	return append(line, "}}\n"...)
}

// completion is the room that complete takes at most.
const completion = 100

// fitted is the beginning of an event's line, its value cut to a string that ends in … where it would be too long.
func fitted(event event) []byte {
	line := eventLine(event)
	const limit = eventLimit - completion
	if len(line) <= limit || event.Value == nil {
		return line
	}
	text, isText := (*event.Value).(string)
	if !isText {
		text = strings.TrimSuffix(string(encode(*event.Value)), "\n")
	}
	for length := limit; len(line) > limit; length = length * 9 / 10 {
		var short Value = cut(text, length) + "…"
		event.Value = &short
		line = eventLine(event)
	}
	return line
}

func eventLine(event event) []byte {
	return bytes.TrimSuffix(encode(map[string]any{"jsonrpc": "2.0", "method": "event", "params": event}), []byte("}}\n"))
}
