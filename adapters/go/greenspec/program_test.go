package greenspec

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// goroutines is a runtime with all that needs no other library.
func goroutines() Runtime {
	var mutex sync.Mutex
	return Runtime{
		Patches: []bool{false},
		Prepare: func(bool, int) (Identity, error) { return Identity{Name: "goroutines"}, nil },
		Spawn: func(body func()) func() {
			ended := make(chan struct{})
			go func() { defer close(ended); body() }()
			return func() { <-ended }
		},
		Sleep: Sleeps{Library: func(seconds ...float64) error {
			if len(seconds) > 0 {
				time.Sleep(time.Duration(seconds[0] * 1e9))
			}
			return nil
		}},
		Yield:        runtime.Gosched,
		Synchronized: func(_ string, body func()) { mutex.Lock(); defer mutex.Unlock(); body() },
		Dial:         func(address string) (net.Conn, error) { return net.Dial("tcp", address) },
		Drivers:      map[string]Driver{"native": func(Address) (Connection, error) { return &fakeConnection{}, nil }},
	}
}

type fakeConnection struct{ closed bool }

func (c *fakeConnection) Query(sql string) ([][]Value, error) {
	if c.closed {
		return nil, &MySQLError{Number: 2013, Message: "closed"}
	}
	return [][]Value{{sql}}, nil
}

func (c *fakeConnection) Close() error { c.closed = true; return nil }

func words() map[string]bool {
	words := map[string]bool{}
	for _, word := range capabilities(goroutines()) {
		words[word] = true
	}
	return words
}

// params is a run of a program, given as JSON.
func params(folder, program string) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(
		`{"run":"r1","nonce":"0123456789abcdef","gates":{"host":"127.0.0.1","port":9},"folder":%q,"program":%s,
		 "database":{"host":"h","port":1,"user":"u","password":"p","database":"d"}}`, folder, program))
}

// played runs a program and gives what it told, `thread label phase value` each, and how many events there were.
func played(t *testing.T, main, others string) []string {
	t.Helper()
	folder := t.TempDir()
	program := fmt.Sprintf(`{"threads":{"main":{"steps":[%s]}%s},"variables":{"v":40}}`, main, others)
	read, err := readRun(params(folder, program), words())
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(folder, "events"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	result := newRun(goroutines(), read, channel{int(file.Fd())}).main()
	written, _ := os.ReadFile(file.Name())
	told := []string{}
	for i, line := range strings.Split(strings.TrimSpace(string(written)), "\n") {
		var message struct{ Params map[string]any }
		if line == "" {
			continue
		}
		if err := json.Unmarshal([]byte(line), &message); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		event := message.Params
		if event["n"] != float64(i+1) || event["os"].(float64) <= 0 {
			t.Errorf("event %d: %v", i+1, event)
		}
		outcome := ""
		if value, is := event["value"]; is && value != nil {
			outcome = " " + strings.TrimSpace(string(encode(value)))
		}
		if failure, is := event["error"].(map[string]any); is {
			outcome = " " + failure["code"].(string)
		}
		told = append(told, fmt.Sprintf("%v %v %v%s", event["thread"], event["label"], event["phase"], outcome))
	}
	if result["events"] != len(told) {
		t.Errorf("%v events were counted, %d written", result["events"], len(told))
	}
	if result["unfinished"] != int64(0) {
		t.Errorf("%v green threads were left", result["unfinished"])
	}
	return told
}

func expect(t *testing.T, told []string, lines ...string) {
	t.Helper()
	if !reflect.DeepEqual(told, lines) {
		t.Errorf("told:\n  %s\nexpected:\n  %s", strings.Join(told, "\n  "), strings.Join(lines, "\n  "))
	}
}
