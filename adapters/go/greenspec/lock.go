package greenspec

import (
	"runtime"
	"sync/atomic"
)

// lock is held for microseconds, and by a goroutine that runs. A sync.Mutex is handed to the one who waits for it, who then waits for a
// processor behind everybody who spins, and all others with it: for half a second an event, where a hundred spin. Here nobody who waits holds it.
type lock struct{ held atomic.Bool }

// tries before a goroutine that finds it held lets others run: its holder has been interrupted.
const tries = 1000

func (l *lock) Lock() {
	for i := 1; !l.held.CompareAndSwap(false, true); i++ {
		if i%tries == 0 {
			runtime.Gosched()
		}
	}
}

func (l *lock) Unlock() { l.held.Store(false) }
