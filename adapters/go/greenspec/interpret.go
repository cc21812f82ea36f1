package greenspec

import (
	"fmt"
	"reflect"
)

// interpret runs steps in the green thread that calls it. A return among them is an error to the steps around it.
func (self *instance) interpret(steps []step) error {
	for i := range steps {
		value, err := self.report(&steps[i])
		if err != nil {
			return err
		}
		if into := steps[i].Into; into != "" {
			self.locals[into] = value
		}
	}
	return nil
}

// report performs a step. One with a label says that it started, and how it ended.
func (self *instance) report(step *step) (Value, error) {
	if step.Label == "" {
		return self.perform(step)
	}
	self.reported = self.events.started(self.name, step.Label)
	value, err := self.perform(step)
	if _, ends := err.(*returned); err == nil || ends {
		self.events.finished(self.name, step.Label, value)
	} else {
		self.events.raised(self.name, step.Label, err)
	}
	return value, err
}

func (self *instance) perform(step *step) (Value, error) {
	switch step.Do {
	case "spawn":
		self.spawn(step.Thread, step.Count)
		return nil, nil
	case "join":
		return self.joinAll(step.Thread)
	case "return":
		return nil, &returned{step.Value}
	case "raise":
		return nil, &ProgramError{step.Error, step.Error}
	case "attempt":
		return self.attempt(step)
	case "sleep":
		return nil, self.sleep(step)
	case "yield":
		self.runtime.Yield()
		return nil, nil
	case "compute":
		self.compute(step.Until)
		return nil, nil
	case "wait":
		return self.wait(step)
	case "call":
		return nil, self.call(step.Depth, step.Steps)
	case "touch":
		return self.touch(step.What)
	case "get":
		return *self.variables[step.Variable].Load(), nil
	case "set":
		return self.set(step)
	case "when":
		if !same(self.locals[step.Local], step.Is) {
			return nil, nil
		}
		return nil, self.interpret(step.Steps)
	case "synchronized":
		return nil, self.synchronized(step)
	case "connect":
		return nil, self.connect(step)
	case "query":
		return self.query(step)
	case "close":
		return nil, self.close(step.Connection)
	case "repeat":
		return nil, self.repeat(step)
	case "until":
		return nil, self.until(step)
	default:
		return nil, fmt.Errorf("unknown step %s", step.Do)
	}
}

func (self *instance) attempt(step *step) (Value, error) {
	err := self.interpret(step.Steps)
	if _, ends := err.(*returned); err == nil || ends {
		return nil, err
	}
	return codeOf(err), nil
}

// call runs steps as deep as the program says, in calls of the language's own.
func (self *instance) call(depth int, steps []step) error {
	if depth == 0 {
		return self.interpret(steps)
	}
	return self.call(depth-1, steps)
}

func (self *instance) set(step *step) (Value, error) {
	written := step.Value
	if step.From != nil {
		written = self.locals[*step.From]
	}
	if step.Plus != nil {
		number, is := written.(float64)
		if !is {
			return nil, &ProgramError{"not-a-number", fmt.Sprintf("%v is no number that something can be added to", written)}
		}
		written = number + *step.Plus
	}
	self.variables[step.Variable].Store(&written)
	return written, nil
}

func (self *instance) synchronized(step *step) (err error) {
	self.runtime.Synchronized(step.Name, func() {
		if step.Label != "" {
			self.events.entered(self.name, step.Label)
		}
		err = self.interpret(step.Steps)
	})
	return err
}

func (self *instance) connect(step *step) error {
	connection, err := self.runtime.Drivers[step.Driver](*self.params.Database)
	if err == nil {
		self.connections.add(self.name, step.Connection, connection)
	}
	return err
}

func (self *instance) query(step *step) (Value, error) {
	connection, err := self.connections.find(self.name, step.Connection)
	if err != nil {
		return nil, err
	}
	comment := fmt.Sprintf("/* greenspec %s %s %d */ ", self.params.Nonce, self.name, self.events.last())
	rows, err := connection.Query(comment + step.SQL)
	if rows == nil || err != nil {
		return nil, err
	}
	table := make([]Value, len(rows))
	for i, row := range rows {
		table[i] = row
	}
	return table, nil
}

func (self *instance) close(name string) error {
	connection, err := self.connections.take(self.name, name)
	if err != nil {
		return err
	}
	return connection.Close()
}

func (self *instance) repeat(step *step) error {
	for time := 0; time < step.Times; time++ {
		if err := self.interpret(step.Steps); err != nil {
			return err
		}
	}
	return nil
}

func (self *instance) until(step *step) error {
	for !same(*self.variables[step.Variable].Load(), step.Is) && !(step.Unless != "" && self.flagRaised(step.Unless)) {
		if err := self.interpret(step.Steps); err != nil {
			return err
		}
	}
	return nil
}

func same(one, other Value) bool { return reflect.DeepEqual(one, other) }
