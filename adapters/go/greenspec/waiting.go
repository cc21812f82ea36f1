package greenspec

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

func (self *instance) sleep(step *step) error {
	sleep := self.runtime.Sleep.Library
	if step.Through == "standard" {
		sleep = self.runtime.Sleep.Standard
	}
	if step.Seconds == nil {
		return sleep()
	}
	return sleep(*step.Seconds)
}

// compute burns processor time until the harness raises the flag.
func (self *instance) compute(flag string) {
	for x := uint32(1); x != 0 && !self.flagRaised(flag); {
		x = arithmetic(x)
	}
}

// arithmetic is some 0.2 ms of xorshift32, a generator of pseudo-random numbers: each needs the one before, so that none can
// be left out.
func arithmetic(x uint32) uint32 {
	for i := 0; i < 150_000; i++ {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
	}
	return x
}

// flagRaised says whether the harness has raised a flag of the run: by a plain file call, before which nothing is allocated again and again.
func (self *instance) flagRaised(flag string) bool {
	path, known := self.flags[flag]
	if !known {
		path = append([]byte(filepath.Join(self.params.Folder, "flag-"+flag)), 0)
		self.flags[flag] = path
	}
	return exists(path)
}

func (self *instance) wait(step *step) (Value, error) {
	wait := self.waitGreen
	if step.Through == "raw-pipe" {
		wait = self.waitRaw
	}
	line, err := wait(step.Gate)
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) {
		return nil, &ProgramError{"gate-lost", fmt.Sprintf("gate %s was lost before a token came", step.Gate)}
	}
	if err != nil {
		return nil, err
	}
	return strings.TrimSuffix(line, "\n"), nil
}

func (self *instance) waitGreen(gate string) (string, error) {
	address := net.JoinHostPort(self.params.Gates.Host, strconv.Itoa(self.params.Gates.Port))
	connection, err := self.runtime.Dial(address)
	if err != nil {
		return "", err
	}
	defer connection.Close()
	if _, err := fmt.Fprintf(connection, "%s %s %s %d\n", self.params.Nonce, gate, self.name, self.reported); err != nil {
		return "", err
	}
	return bufio.NewReader(connection).ReadString('\n')
}

// waitRaw opens and reads a named pipe by the operating system's own calls, which block the OS thread: os.File would
// wait for it as for a socket.
func (self *instance) waitRaw(gate string) (string, error) {
	descriptor, err := uninterrupted(func() (int, error) {
		return syscall.Open(filepath.Join(self.params.Folder, "pipe-"+gate), syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	})
	if err != nil {
		return "", err
	}
	defer syscall.Close(descriptor)
	return bufio.NewReader(blocking(descriptor)).ReadString('\n')
}

// blocking reads a descriptor, and the OS thread waits.
type blocking int

func (b blocking) Read(into []byte) (int, error) {
	read, err := uninterrupted(func() (int, error) { return syscall.Read(int(b), into) })
	if read == 0 && err == nil {
		err = io.EOF
	}
	return read, err
}

// uninterrupted makes a call again that a signal ended: Go sends itself some, to preempt.
func uninterrupted(call func() (int, error)) (int, error) {
	for {
		result, err := call()
		if err != syscall.EINTR {
			return result, err
		}
	}
}

func (self *instance) touch(what string) (Value, error) {
	if what == "file" {
		text, err := os.ReadFile(filepath.Join(self.params.Folder, "readable.txt"))
		return string(text), err
	}
	return nil, self.log.print(self.params.Nonce + " " + self.name)
}
