// An adapter for goroutines. Put your runtime's own calls in the place of Go's, one after the other.
//
// `greenspec check -- ./adapter` tells whether it is sound, and `greenspec run NAME -- ./adapter` what is true of your runtime. What each
// field must do is said at the type greenspec.Runtime.
package main

import (
	"math"
	"net"
	"runtime"
	"sync"
	"time"

	"greenspec/adapters/go/greenspec"
)

func main() {
	greenspec.Serve(greenspec.Runtime{
		Patches:      []bool{false},
		Prepare:      prepare,
		Spawn:        spawn,
		Sleep:        greenspec.Sleeps{Library: sleep},
		Synchronized: synchronized,
		Dial:         func(address string) (net.Conn, error) { return net.Dial("tcp", address) },
		// Without drivers, scenarios that query MySQL do not apply.
	})
}

func prepare(patch bool, pool int) (greenspec.Identity, error) {
	version := runtime.Version()
	return greenspec.Identity{
		Name:     "mine",
		Version:  version,
		Language: greenspec.Versioned{Name: "Go", Version: version},
		Lock:     greenspec.Lock{Name: "sync.Mutex", Version: version, StandIn: true},
	}, nil
}

// spawn starts a green thread that calls body, and gives what waits for its end.
func spawn(body func()) func() {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		body()
	}()
	return func() { <-ended }
}

// sleep is called as the program says: with seconds, or without an argument where the runtime's own call can be made so.
func sleep(seconds ...float64) error {
	if len(seconds) == 0 {
		return &greenspec.ProgramError{Code: "no-such-call", Message: "time.Sleep takes a duration"}
	}
	time.Sleep(time.Duration(math.Ceil(seconds[0] * float64(time.Second))))
	return nil
}

var mutexes sync.Map

// synchronized calls body inside the lock of that name.
func synchronized(name string, body func()) {
	mutex, _ := mutexes.LoadOrStore(name, &sync.Mutex{})
	mutex.(*sync.Mutex).Lock()
	defer mutex.(*sync.Mutex).Unlock()
	body()
}
