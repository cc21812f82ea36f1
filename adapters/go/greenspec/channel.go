package greenspec

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"syscall"
)

const (
	messageLimit = 1024 * 1024
	eventLimit   = 4096
)

// channel is the way out to the harness: whole lines, each in one write of the operating system's own.
type channel struct{ descriptor int }

// openChannel takes descriptor 1 for itself: a stray print goes to standard error from here on.
func openChannel() (channel, error) {
	descriptor, err := syscall.Dup(1)
	if err != nil {
		return channel{}, err
	}
	syscall.CloseOnExec(descriptor)
	return channel{descriptor}, redirect(1, 2)
}

// send writes a message; an answer that cannot be written has nobody who waits for it.
func (c channel) send(message map[string]any) {
	message["jsonrpc"] = "2.0"
	c.write(encode(message))
}

func (c channel) write(line []byte) {
	for len(line) > 0 {
		written, err := write(c.descriptor, line)
		if err != nil && err != syscall.EINTR && err != syscall.EAGAIN {
			return
		}
		if written > 0 {
			line = line[written:]
		}
	}
}

// encode gives a value's JSON as a line.
func encode(value any) []byte {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line) // ends each value with LF
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // nothing that is sent is beyond JSON
	}
	return line.Bytes()
}

// lines splits what comes in into lines; its Err is bufio.ErrTooLong after a line over the limit.
func lines(input io.Reader) *bufio.Scanner {
	scanner := bufio.NewScanner(input)
	scanner.Buffer(make([]byte, 0, 64*1024), messageLimit+1)
	return scanner
}
