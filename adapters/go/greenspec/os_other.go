//go:build unix && !linux

package greenspec

import (
	"os"
	"syscall"
)

// osThread is the process's id, where the system does not tell a thread's.
func osThread() int { return syscall.Getpid() }

// redirect makes a descriptor another name of what a second one is.
func redirect(descriptor, to int) error { return syscall.Dup2(to, descriptor) }

func write(descriptor int, line []byte) (int, error) { return syscall.Write(descriptor, line) }

// exists says whether there is a file of that path, which ends with a zero.
func exists(path []byte) bool {
	_, err := os.Lstat(string(path[:len(path)-1]))
	return err == nil
}
