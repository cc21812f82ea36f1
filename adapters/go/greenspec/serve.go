package greenspec

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"sync/atomic"
	"unicode/utf8"
)

const protocol = 1

// Serve serves a runtime to the harness over standard input and output. It never returns: the process ends with its input, or
// by shutdown.
func Serve(runtime Runtime) {
	channel, err := openChannel()
	if err != nil {
		fmt.Fprintf(os.Stderr, "standard output cannot be had: %v\n", err)
		os.Exit(1)
	}
	server := &server{runtime: runtime, channel: channel, capabilities: map[string]bool{}}
	input := lines(os.Stdin)
	for input.Scan() {
		server.take(input.Bytes())
	}
	if input.Err() != nil {
		channel.send(answer(nil, nil, refuse(noRequest, "a message is at most %d bytes", messageLimit)))
		os.Exit(1)
	}
	os.Exit(0)
}

type server struct {
	runtime      Runtime
	channel      channel
	capabilities map[string]bool
	prepared     bool
	busy         atomic.Bool
}

type request struct {
	id     int64
	method string
	params json.RawMessage
}

// take answers a request; a run, which lasts, in a goroutine of its own.
func (s *server) take(line []byte) {
	request, err := readRequest(line)
	if err != nil {
		s.channel.send(answer(nil, nil, err))
		return
	}
	id := &request.id
	switch request.method {
	case "initialize":
		result, err := s.initialize(request.params)
		s.channel.send(answer(id, result, err))
	case "run":
		run, err := s.run(request.params)
		if err != nil {
			s.channel.send(answer(id, nil, err))
			return
		}
		go func() {
			result := run.main()
			s.busy.Store(false)
			s.channel.send(answer(id, result, nil))
		}()
	case "shutdown":
		s.channel.send(answer(id, map[string]any{}, nil))
		os.Exit(0)
	default:
		s.channel.send(answer(id, nil, refuse(noMethod, "there is no method %s", cut(request.method, 100))))
	}
}

func (s *server) initialize(raw json.RawMessage) (map[string]any, error) {
	if s.prepared {
		return nil, refuse(noRequest, "initialize comes once, first")
	}
	params, err := asObject("params", raw)
	if err != nil {
		return nil, err
	}
	if err := checkFields("params", params, fields{"protocol": anyInt, "patch": boolean, "pool": integer(1, 1000)}, true); err != nil {
		return nil, err
	}
	if params["protocol"].(float64) < protocol {
		return nil, refuse(wrongVersion, "this adapter knows version %d of the protocol", protocol)
	}
	identity, err := s.prepare(params["patch"].(bool), int(params["pool"].(float64)))
	if err != nil {
		return nil, refuse(cannotPrepare, "%v", err)
	}
	s.prepared = true
	words := capabilities(s.runtime)
	for _, word := range words {
		s.capabilities[word] = true
	}
	return map[string]any{
		"protocol": protocol, "runtime": identity, "patched": identity.Patched, "pid": os.Getpid(), "capabilities": words,
	}, nil
}

func (s *server) prepare(patch bool, pool int) (Identity, error) {
	for _, there := range s.runtime.Patches {
		if there == patch {
			identity, err := s.runtime.Prepare(patch, pool)
			return withMaps(identity), err
		}
	}
	return Identity{}, fmt.Errorf("this runtime has no patch/%s", map[bool]string{true: "on", false: "off"}[patch])
}

// withMaps has empty maps where a runtime gives none: the protocol knows no null for them.
func withMaps(identity Identity) Identity {
	if identity.Drivers == nil {
		identity.Drivers = map[string]DriverIdentity{}
	}
	if identity.Components == nil {
		identity.Components = map[string]string{}
	}
	return identity
}

func (s *server) run(raw json.RawMessage) (*run, error) {
	if !s.prepared || s.busy.Load() {
		return nil, refuse(noRequest, "a run comes after initialize, one at a time")
	}
	params, err := readRun(raw, s.capabilities)
	if err != nil {
		return nil, err
	}
	s.busy.Store(true)
	return newRun(s.runtime, params, s.channel), nil
}

// readRequest reads a line; one that is no request has no id that could be answered.
func readRequest(line []byte) (request, error) {
	if !utf8.Valid(line) {
		return request{}, refuse(notJSON, "the line is not UTF-8")
	}
	if !json.Valid(line) {
		return request{}, refuse(notJSON, "the line is not JSON")
	}
	var given struct {
		JSONRPC any             `json:"jsonrpc"`
		ID      any             `json:"id"`
		Method  any             `json:"method"`
		Params  json.RawMessage `json:"params"`
	}
	if err := json.Unmarshal(line, &given); err != nil {
		return request{}, refuse(noRequest, "a request is an object")
	}
	id, isNumber := given.ID.(float64)
	method, isText := given.Method.(string)
	if given.JSONRPC != "2.0" || !isNumber || id != math.Trunc(id) || math.Abs(id) > 1<<53 || !isText {
		return request{}, refuse(noRequest, `a request has jsonrpc "2.0", an integer id, and a method`)
	}
	// Of its own: the line's memory is used again.
	return request{int64(id), method, append(json.RawMessage(nil), given.Params...)}, nil
}

// answer is the message that answers a request; without an id, what could not be made out.
func answer(id *int64, result map[string]any, err error) map[string]any {
	if err == nil {
		return map[string]any{"id": id, "result": result}
	}
	var refused *refusal
	if !errors.As(err, &refused) {
		refused = &refusal{runFailed, cut(err.Error(), 1000)}
	}
	return map[string]any{"id": id, "error": refused}
}
