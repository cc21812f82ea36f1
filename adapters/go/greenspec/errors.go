package greenspec

import (
	"errors"
	"fmt"
	"syscall"
	"unicode/utf8"
)

// ProgramError is an error of a program's own making: what raise raises, and what a step does that cannot be done.
type ProgramError struct {
	Code    string
	Message string
}

func (e *ProgramError) Error() string { return e.Message }

// MySQLError is an error of the server's, under its number.
type MySQLError struct {
	Number  int
	Message string
}

func (e *MySQLError) Error() string { return e.Message }

// returned is what return makes of the steps around it: they end too, and no attempt holds it up.
type returned struct{ value Value }

func (*returned) Error() string { return "return" }

// codeOf is what attempt gives: MySQL's number as a number, any other code as a string.
func codeOf(err error) Value {
	var program *ProgramError
	var server *MySQLError
	var system syscall.Errno
	switch {
	case errors.As(err, &program):
		return program.Code
	case errors.As(err, &server):
		return float64(server.Number)
	case errors.As(err, &system):
		return system.Error()
	default:
		return cut(err.Error(), 100)
	}
}

type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// failureOf is an error as an event tells it: short enough for one, whatever characters it is made of.
func failureOf(err error) failure {
	return failure{Code: cut(fmt.Sprint(codeOf(err)), 100), Message: cut(err.Error(), 400)}
}

// cut shortens a text to some bytes, between two characters.
func cut(text string, bytes int) string {
	if len(text) <= bytes {
		return text
	}
	for !utf8.RuneStart(text[bytes]) {
		bytes--
	}
	return text[:bytes]
}

// The errors of docs/protocol.md, and JSON-RPC's own.
const (
	notJSON       = -32700
	noRequest     = -32600
	noMethod      = -32601
	wrongParams   = -32602
	wrongVersion  = -32001
	cannotPrepare = -32002
	runFailed     = -32003
)

// refusal answers a request with an error.
type refusal struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (r *refusal) Error() string { return r.Message }

func refuse(code int, format string, args ...any) error {
	return &refusal{Code: code, Message: cut(fmt.Sprintf(format, args...), 1000)}
}
