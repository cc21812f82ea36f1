package greenspec

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

// run is one run of a program: all its state. Nothing is left for the next run.
type run struct {
	runtime     Runtime
	params      *runParams
	events      events
	connections connections
	log         programLog
	// Each shared variable has a place of its own, made before anything runs: a read or a write is one load or store,
	// which nothing can come between, and neither takes a lock.
	variables map[string]*atomic.Pointer[Value]

	unfinished atomic.Int64
	mutex      sync.Mutex
	instances  map[string][]*instance
}

// instance is a green thread of the program that runs: main, or NAME#1, NAME#2, …
type instance struct {
	*run
	name   string
	locals map[string]Value
	// flags are the paths of those that it has asked for, each ended by a zero.
	flags map[string][]byte
	// reported is the number of its last started event.
	reported int

	join   func()
	result Value
	err    error
}

func newInstance(r *run, name string) *instance {
	return &instance{run: r, name: name, locals: map[string]Value{}, flags: map[string][]byte{}}
}

func newRun(runtime Runtime, params *runParams, channel channel) *run {
	r := &run{runtime: runtime, params: params, instances: map[string][]*instance{}}
	r.events = events{channel: channel, run: params.Run}
	r.log.path = params.Folder + "/log.txt"
	r.variables = map[string]*atomic.Pointer[Value]{}
	for _, name := range params.Program.variables() {
		first := params.Program.Variables[name]
		r.variables[name] = &atomic.Pointer[Value]{}
		r.variables[name].Store(&first)
	}
	return r
}

// main runs the program's main to its end; gives the result of the request.
func (r *run) main() map[string]any {
	self := newInstance(r, "main")
	self.live(r.params.Program.Threads["main"].Steps)
	if self.err != nil {
		// The step has reported it if it has a label; if not, only this line tells. It is no error of the run.
		fmt.Fprintf(os.Stderr, "main ended by %v: %v\n", codeOf(self.err), self.err)
	}
	last, unfinished := r.events.end(), r.unfinished.Load()
	if unfinished == 0 {
		// A connection that a green thread left behind may be using is not safe to close; its process will be replaced.
		r.connections.closeAll()
		r.log.close()
	}
	return map[string]any{"events": last, "unfinished": unfinished}
}

// spawn starts instances of a green thread; without a count, as many as the program says.
func (r *run) spawn(name string, count int) {
	thread := r.params.Program.Threads[name]
	for _, count := range []int{count, thread.Count, 1} {
		if count > 0 {
			for i := 0; i < count; i++ {
				r.start(name, thread.Steps)
			}
			return
		}
	}
}

func (r *run) start(name string, steps []step) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	started := newInstance(r, fmt.Sprintf("%s#%d", name, len(r.instances[name])+1))
	r.instances[name] = append(r.instances[name], started)
	r.unfinished.Add(1)
	started.join = r.runtime.Spawn(func() {
		defer r.unfinished.Add(-1)
		started.live(steps)
	})
}

// joinAll waits for every instance so far; then raises what the first of them raised that did, or gives what they returned.
func (r *run) joinAll(name string) (Value, error) {
	r.mutex.Lock()
	instances := r.instances[name]
	r.mutex.Unlock()
	var values []Value
	var failure error
	for _, instance := range instances {
		instance.join()
		values = append(values, instance.result)
		if failure == nil {
			failure = instance.err
		}
	}
	switch {
	case failure != nil:
		return nil, failure
	case len(values) == 0:
		return nil, nil
	case len(values) == 1:
		return values[0], nil
	default:
		return values, nil
	}
}

// live runs an instance's steps, and keeps what came of them for those that join.
func (self *instance) live(steps []step) {
	defer func() {
		if panicked := recover(); panicked != nil {
			self.err = &ProgramError{"panic", fmt.Sprint(panicked)}
		}
	}()
	err := self.interpret(steps)
	if end, is := err.(*returned); is {
		self.result = end.value
	} else {
		self.err = err
	}
}
