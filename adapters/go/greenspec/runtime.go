// Package greenspec is the adapter's side of greenspec's protocol (docs/protocol.md) in Go: an adapter states how its
// runtime does what a program's steps ask for, and Serve does the rest.
package greenspec

import "net"

// Value is what variables hold and steps give: nil, bool, float64, string, or a []Value of these.
type Value = any

// Runtime is a concurrency runtime as the harness sees it. What is nil in it is not there, and not declared.
type Runtime struct {
	// Patches says what initialize can be asked for.
	Patches []bool
	// Prepare is called once, first; its error is the harness's answer: this cannot be done. pool is the size that pools
	// are to have, of OS threads and of connections.
	Prepare func(patch bool, pool int) (Identity, error)
	// Spawn starts a green thread that calls body, and gives what waits for its end.
	Spawn func(body func()) (join func())
	Sleep Sleeps
	// Yield lets whoever else is ready run. Only for a runtime whose sleep of 0 does not.
	Yield func()
	// Synchronized calls body inside the lock of that name.
	Synchronized func(name string, body func())
	// Dial opens a TCP connection of the runtime's green I/O.
	Dial func(address string) (net.Conn, error)
	// Drivers of MySQL, by the protocol's names: c-library, native, thread-pool, connection-pool.
	Drivers map[string]Driver
}

// Sleeps are called with seconds, or with nothing where the program's call has no argument.
type Sleeps struct {
	Library  func(seconds ...float64) error
	Standard func(seconds ...float64) error
}

// Driver opens a connection to MySQL, autocommit on.
type Driver func(Address) (Connection, error)

// Connection is a connection to MySQL. An error of the server's is a MySQLError.
type Connection interface {
	// Query gives the rows; nil where the statement has no result set.
	Query(sql string) ([][]Value, error)
	Close() error
}

// Identity is the answer to initialize, as far as the adapter knows it.
type Identity struct {
	Name       string                    `json:"name"`
	Version    string                    `json:"version"`
	Language   Versioned                 `json:"language"`
	Hub        string                    `json:"hub,omitempty"`
	Lock       Lock                      `json:"lock"`
	Drivers    map[string]DriverIdentity `json:"drivers"`
	Components map[string]string         `json:"components"`
	// Patched says whether the standard library is patched now.
	Patched bool `json:"-"`
}

// Versioned is something with a name and a version.
type Versioned struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Lock is what stands behind Synchronized; a stand-in is anything but OpenStack's lockutils.
type Lock struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
	StandIn bool   `json:"standIn"`
}

// DriverIdentity names a driver; Library is part of the file name under which a C library is mapped into the process.
type DriverIdentity struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Library string `json:"library,omitempty"`
}

// capabilities are the words of docs/protocol.md for what a runtime has: what its parts show, never what it claims.
func capabilities(runtime Runtime) []string {
	words := []string{
		"spawn", "join", "return", "raise", "attempt", "compute", "call", "touch/file", "touch/log", "wait/raw-pipe",
		"get", "set", "when", "repeat", "until",
	}
	add := func(there bool, more ...string) {
		if there {
			words = append(words, more...)
		}
	}
	add(runtime.Sleep.Library != nil, "sleep/library")
	add(runtime.Sleep.Standard != nil, "sleep/standard")
	add(runtime.Yield != nil, "yield")
	add(runtime.Dial != nil, "wait/green")
	add(runtime.Synchronized != nil, "synchronized")
	add(len(runtime.Drivers) > 0, "query", "close")
	for driver := range runtime.Drivers {
		add(true, "connect/"+driver)
	}
	for _, patch := range runtime.Patches {
		add(patch, "patch/on")
		add(!patch, "patch/off")
	}
	return words
}
