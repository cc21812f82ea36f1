package greenspec

import (
	"log"
	"os"
	"sync"
)

// programLog is the run's log, opened by the first line: the standard library's logger on a file.
type programLog struct {
	path   string
	once   sync.Once
	file   *os.File
	logger *log.Logger
	err    error
}

func (l *programLog) print(line string) error {
	l.once.Do(func() {
		l.file, l.err = os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
		l.logger = log.New(l.file, "", 0)
	})
	if l.err != nil {
		return l.err
	}
	return l.logger.Output(2, line)
}

func (l *programLog) close() {
	if l.file != nil {
		_ = l.file.Close()
	}
}
