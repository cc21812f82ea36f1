package greenspec

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestProgramsThatDoNotFitAreRefusedWithThePlace(t *testing.T) {
	for program, reason := range map[string]string{
		`{}`:                      "threads is missing",
		`{"threads":{}}`:          "main",
		`{"threads":{"main":[]}}`: "threads.main: expected an object",
		`{"threads":{"main":{"steps":[]},"1st":{"steps":[]}}}`:           "a name",
		`{"threads":{"main":{"steps":[]}},"variables":{"v":{}}}`:         "variables.v",
		nested(`{"do":"fly"}`):                                           "unknown step fly",
		nested(`7`):                                                      "expected an object",
		nested(`{"do":"spawn","thread":"ghost"}`):                        "ghost",
		nested(`{"do":"spawn"}`):                                         "thread is missing",
		nested(`{"do":"spawn","thread":"main","count":0}`):               "an integer from 1",
		nested(`{"do":"sleep","through":"magic"}`):                       "library or standard",
		nested(`{"do":"sleep","through":"standard"}`):                    "no sleep/standard",
		nested(`{"do":"sleep","through":"library","seconds":true}`):      "a number from 0 to 60",
		nested(`{"do":"wait","gate":"g","through":"green"}`):             "label is missing",
		nested(`{"do":"get","label":"a label","variable":"v"}`):          "main.steps[0].steps[0].label",
		nested(`{"do":"get","variable":"v","colour":"red"}`):             `unknown field "colour"`,
		nested(`{"do":"connect","connection":"c","driver":"c-library"}`): "no connect/c-library",
		nested(`{"do":"query","connection":"c","sql":""}`):               "a statement",
	} {
		_, err := readRun(params("/tmp", program), words())
		var refused *refusal
		if !errors.As(err, &refused) || refused.Code != wrongParams || !strings.Contains(refused.Message, reason) {
			t.Errorf("%s: %v, expected %s", program, err, reason)
		}
	}
}

func nested(step string) string {
	return `{"threads":{"main":{"steps":[{"do":"repeat","times":1,"steps":[` + step + `]}]}}}`
}

func TestRequestsAreTakenOnlyAsRequests(t *testing.T) {
	for line, code := range map[string]int{
		`garbage`: notJSON, `{"id":1`: notJSON, "\xff": notJSON, ``: notJSON, `NaN`: notJSON,
		`[]`: noRequest, `1`: noRequest, `{}`: noRequest,
		`{"jsonrpc":"2.0","id":"x","method":"run"}`: noRequest,
		`{"jsonrpc":"2.0","id":1.5,"method":"run"}`: noRequest,
		`{"jsonrpc":"1.0","id":1,"method":"run"}`:   noRequest,
	} {
		_, err := readRequest([]byte(line))
		var refused *refusal
		if !errors.As(err, &refused) || refused.Code != code {
			t.Errorf("%q: %v, expected %d", line, err, code)
		}
	}
	request, err := readRequest([]byte(`{"jsonrpc":"2.0","id":7,"method":"run","params":{}}`))
	if err != nil || request.id != 7 || request.method != "run" {
		t.Error(request, err)
	}
}

func TestALineOverTheLimitIsTheLast(t *testing.T) {
	just := strings.Repeat("x", messageLimit)
	input := lines(strings.NewReader(just + "\n" + just + "x\nnext\n"))
	if !input.Scan() || len(input.Bytes()) != messageLimit {
		t.Fatal("a line of just the limit is taken", input.Err())
	}
	if input.Scan() || !errors.Is(input.Err(), bufio.ErrTooLong) {
		t.Error(input.Err())
	}
}

func TestALongValueIsCutToAStringThatEndsInAnEllipsis(t *testing.T) {
	for _, long := range []Value{strings.Repeat("ü", 5000), strings.Repeat(`"`, 5000), []Value{strings.Repeat("x", 5000)}} {
		line := string(complete(fitted(event{Run: "r", Label: "l", Phase: "finished", Value: &long}), 1))
		if len(line) > eventLimit || len(line) < eventLimit*7/10 || !strings.HasSuffix(line, `…"},`+"\n") && !strings.Contains(line, `…"`) {
			t.Errorf("%d bytes: …%s", len(line), line[len(line)-40:])
		}
	}
}

func TestAfterItsEndARunReportsNothing(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "events"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	events := events{channel: channel{int(file.Fd())}, run: "r"}
	events.started("main", "a")
	if last := events.end(); last != 1 {
		t.Error(last)
	}
	events.finished("main", "a", nil)
	if written, _ := os.ReadFile(file.Name()); strings.Count(string(written), "\n") != 1 {
		t.Errorf("%s", written)
	}
}
