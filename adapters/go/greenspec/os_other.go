//go:build unix && !linux

package greenspec

import "syscall"

// osThread is the process's id, where the system does not tell a thread's.
func osThread() int { return syscall.Getpid() }

// redirect makes a descriptor another name of what a second one is.
func redirect(descriptor, to int) error { return syscall.Dup2(to, descriptor) }
