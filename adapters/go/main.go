// Goroutines as a runtime, with go-sql-driver as its driver of MySQL.
package main

import (
	"math"
	"net"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"greenspec/adapters/go/greenspec"
)

func main() {
	greenspec.Serve(greenspec.Runtime{
		// There is nothing to patch: what waits in Go's library lets other goroutines run.
		Patches: []bool{false},
		Prepare: prepare,
		Spawn:   spawn,
		// time.Sleep is both the runtime's own and the standard library's, so there is no second one.
		Sleep:        greenspec.Sleeps{Library: sleep},
		Yield:        runtime.Gosched,
		Synchronized: synchronized,
		Dial:         func(address string) (net.Conn, error) { return net.Dial("tcp", address) },
		Drivers:      map[string]greenspec.Driver{"native": connect},
	})
}

func prepare(bool, int) (greenspec.Identity, error) {
	version := runtime.Version()
	return greenspec.Identity{
		Name:       "go",
		Version:    version,
		Language:   greenspec.Versioned{Name: "Go", Version: version},
		Lock:       greenspec.Lock{Name: "sync.Mutex", Version: version, StandIn: true},
		Drivers:    map[string]greenspec.DriverIdentity{"native": {Name: "go-sql-driver/mysql", Version: driverVersion()}},
		Components: map[string]string{"GOMAXPROCS": strconv.Itoa(runtime.GOMAXPROCS(0))},
	}, nil
}

func spawn(body func()) func() {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		body()
	}()
	return func() { <-ended }
}

// sleep calls time.Sleep, which nobody can call without an argument.
func sleep(seconds ...float64) error {
	if len(seconds) == 0 {
		return &greenspec.ProgramError{Code: "no-such-call", Message: "time.Sleep takes a duration"}
	}
	time.Sleep(time.Duration(math.Ceil(seconds[0] * float64(time.Second))))
	return nil
}

var mutexes sync.Map

// synchronized has a mutex for each name, since Go has none by name.
func synchronized(name string, body func()) {
	mutex, _ := mutexes.LoadOrStore(name, &sync.Mutex{})
	mutex.(*sync.Mutex).Lock()
	defer mutex.(*sync.Mutex).Unlock()
	body()
}

func driverVersion() string {
	if build, there := debug.ReadBuildInfo(); there {
		for _, module := range build.Deps {
			if module.Path == "github.com/go-sql-driver/mysql" {
				return module.Version
			}
		}
	}
	return "unknown"
}
