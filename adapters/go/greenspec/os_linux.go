package greenspec

import "syscall"

// osThread is the id of the OS thread that runs this now. A goroutine may be on another one the next moment.
func osThread() int { return syscall.Gettid() }

// redirect makes a descriptor another name of what a second one is.
func redirect(descriptor, to int) error { return syscall.Dup3(to, descriptor, 0) }
