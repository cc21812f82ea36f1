package greenspec

import (
	"syscall"
	"unsafe"
)

// osThread is the id of the OS thread that runs this now. A goroutine may be on another one the next moment.
func osThread() int { return syscall.Gettid() }

// redirect makes a descriptor another name of what a second one is.
func redirect(descriptor, to int) error { return syscall.Dup3(to, descriptor, 0) }

// write and exists are raw calls, of which Go's scheduler is not told. In one of which it is, a goroutine gives its processor away and then
// waits for one behind everybody who spins: while it holds the lock of the events all would wait with it, for seconds.
func write(descriptor int, line []byte) (int, error) {
	written, _, errno := syscall.RawSyscall(syscall.SYS_WRITE, uintptr(descriptor), uintptr(unsafe.Pointer(&line[0])), uintptr(len(line)))
	if errno != 0 {
		return 0, errno
	}
	return int(written), nil
}

// atWorkingDirectory is AT_FDCWD, which package syscall keeps to itself.
const atWorkingDirectory = -100

// exists says whether there is a file of that path, which ends with a zero.
func exists(path []byte) bool {
	here := atWorkingDirectory
	_, _, errno := syscall.RawSyscall(syscall.SYS_FACCESSAT, uintptr(here), uintptr(unsafe.Pointer(&path[0])), 0)
	return errno == 0
}
