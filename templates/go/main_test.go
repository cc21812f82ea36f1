package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

const lines = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocol":1,"patch":false,"pool":4}}
{"jsonrpc":"2.0","id":2,"method":"run","params":{"run":"r1","nonce":"0000000000000000","program":{"threads":{"main":{"steps":[{"do":"set","label":"it","variable":"x","value":7}]}}},"gates":{"host":"127.0.0.1","port":1},"folder":"/nowhere"}}
`

// TestMain is the adapter, where it is started as one.
func TestMain(m *testing.M) {
	if os.Getenv("AS_ADAPTER") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestRunsAProgramAndReportsItsSteps(t *testing.T) {
	adapter := exec.Command(os.Args[0])
	adapter.Env = append(os.Environ(), "AS_ADAPTER=yes")
	input, err := adapter.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := adapter.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := adapter.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := input.Write([]byte(lines)); err != nil {
		t.Fatal(err)
	}
	said := ""
	for chunk := make([]byte, 4096); !strings.Contains(said, `"unfinished":0`); {
		size, err := output.Read(chunk)
		if err != nil {
			t.Fatalf("%v, after %s", err, said)
		}
		said += string(chunk[:size])
	}
	if !strings.Contains(said, `"phase":"started"`) || !strings.Contains(said, `"value":7`) {
		t.Error(said)
	}
	input.Close()
	if err := adapter.Wait(); err != nil {
		t.Error(err)
	}
}
