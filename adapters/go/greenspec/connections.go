package greenspec

import (
	"fmt"
	"sync"
)

type open struct {
	instance, name string
	connection     Connection
}

// connections are the open connections of a run. A name means the one that this instance opened, else the last that any did.
type connections struct {
	mutex sync.Mutex
	open  []open
}

func (c *connections) add(instance, name string, connection Connection) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.open = append(c.open, open{instance, name, connection})
}

func (c *connections) find(instance, name string) (Connection, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	index, err := c.index(instance, name)
	if err != nil {
		return nil, err
	}
	return c.open[index].connection, nil
}

// take finds a connection and forgets it: it is about to be closed.
func (c *connections) take(instance, name string) (Connection, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	index, err := c.index(instance, name)
	if err != nil {
		return nil, err
	}
	connection := c.open[index].connection
	c.open = append(c.open[:index:index], c.open[index+1:]...)
	return connection, nil
}

func (c *connections) index(instance, name string) (int, error) {
	found := -1
	for i, open := range c.open {
		if open.name == name && (found < 0 || open.instance == instance || c.open[found].instance != instance) {
			found = i
		}
	}
	if found < 0 {
		return 0, &ProgramError{"no-connection", fmt.Sprintf("no connection named %s is open", name)}
	}
	return found, nil
}

// closeAll closes what the program left open. It may have ended before: the server may have killed it.
func (c *connections) closeAll() {
	for _, open := range c.open {
		_ = open.connection.Close()
	}
}
