package greenspec

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode/utf8"
)

// field is what a field of an object must be.
type field struct {
	means    string
	fits     func(given any) bool
	optional bool
}

type fields map[string]field

func optional(f field) field {
	f.optional = true
	return f
}

func isText(given any) bool   { _, is := given.(string); return is }
func isNumber(given any) bool { _, is := given.(float64); return is }
func isBool(given any) bool   { _, is := given.(bool); return is }
func isObject(given any) bool { _, is := given.(map[string]any); return is }
func isList(given any) bool   { _, is := given.([]any); return is }

func isValue(given any) bool {
	list, is := given.([]any)
	for _, item := range list {
		if !isValue(item) {
			return false
		}
	}
	return is || given == nil || isText(given) || isNumber(given) || isBool(given)
}

func number(means string, least, most float64, whole bool) field {
	return field{means: means, fits: func(given any) bool {
		n, is := given.(float64)
		return is && least <= n && n <= most && (!whole || n == math.Trunc(n))
	}}
}

func integer(least, most int) field {
	return number(fmt.Sprintf("an integer from %d to %d", least, most), float64(least), float64(most), true)
}

func matches(means, pattern string) field {
	compiled := regexp.MustCompile(pattern)
	return field{means: means, fits: func(given any) bool {
		text, is := given.(string)
		return is && compiled.MatchString(text)
	}}
}

func oneOf(words ...string) field {
	return matches(strings.Join(words, " or "), "^("+strings.Join(words, "|")+")$")
}

var (
	name      = matches("a name: a letter, then at most 39 letters, digits, or _ . -", `^[A-Za-z][A-Za-z0-9_.-]{0,39}$`)
	anyInt    = number("an integer", -(1 << 53), 1<<53, true)
	count     = integer(1, 100_000)
	port      = integer(1, 65_535)
	text      = field{means: "a string", fits: isText}
	statement = field{means: "a statement of 1 to 10000 characters", fits: func(given any) bool {
		sql, is := given.(string)
		return is && sql != "" && utf8.RuneCountInString(sql) <= 10_000
	}}
	boolean = field{means: "true or false", fits: isBool}
	list    = field{means: "a list", fits: isList}
	object  = field{means: "an object", fits: isObject}
	value   = field{means: "a string, a number, true, false, null, or a list of these", fits: isValue}
)

// The fields of each step beside do and label, which all have.
var steps = map[string]fields{
	"spawn":        {"thread": name, "count": optional(count)},
	"join":         {"thread": name, "into": optional(name)},
	"return":       {"value": value},
	"raise":        {"error": name},
	"attempt":      {"into": optional(name), "steps": list},
	"sleep":        {"seconds": optional(number("a number from 0 to 60", 0, 60, false)), "through": oneOf("library", "standard")},
	"yield":        {},
	"compute":      {"until": name},
	"wait":         {"label": name, "gate": name, "through": oneOf("green", "raw-pipe"), "into": optional(name)},
	"call":         {"depth": integer(1, 100), "steps": list},
	"touch":        {"what": oneOf("file", "log")},
	"get":          {"variable": name, "into": optional(name)},
	"set":          {"variable": name, "value": optional(value), "from": optional(name), "plus": optional(field{means: "a number", fits: isNumber})},
	"when":         {"local": name, "is": value, "steps": list},
	"synchronized": {"name": name, "steps": list},
	"connect":      {"connection": name, "driver": oneOf("c-library", "native", "thread-pool", "connection-pool")},
	"query":        {"connection": name, "sql": statement, "into": optional(name)},
	"close":        {"connection": name},
	"repeat":       {"times": integer(1, 1_000_000), "steps": list},
	"until":        {"variable": name, "is": value, "unless": optional(name), "steps": list},
}

var (
	runFields = fields{
		"run": name, "nonce": matches("16 hexadecimal digits", `^[0-9a-f]{16}$`), "program": object, "gates": object,
		"folder": text, "database": optional(object),
	}
	gateFields     = fields{"host": text, "port": port}
	databaseFields = fields{"host": text, "port": port, "user": text, "password": text, "database": text}
	programFields  = fields{"threads": object, "variables": optional(object)}
	threadFields   = fields{"steps": list, "count": optional(count)}
)

// Words of the runtime, and the program's threads: what steps may ask for.
type known struct {
	capabilities map[string]bool
	threads      map[string]any
	database     bool
}

// readRun holds the parameters of run against the protocol before anything is done with them. Its errors are refusals that
// name the place and the reason.
func readRun(raw json.RawMessage, capabilities map[string]bool) (*runParams, error) {
	given, err := asObject("params", raw)
	if err != nil {
		return nil, err
	}
	if err := checkFields("params", given, runFields, false); err != nil {
		return nil, err
	}
	if err := checkFields("gates", given["gates"], gateFields, false); err != nil {
		return nil, err
	}
	database, connected := given["database"]
	if connected {
		if err := checkFields("database", database, databaseFields, false); err != nil {
			return nil, err
		}
	}
	if err := checkProgram(given["program"], capabilities, connected); err != nil {
		return nil, err
	}
	params := &runParams{}
	if err := json.Unmarshal(raw, params); err != nil {
		return nil, refuse(wrongParams, "params: %v", err)
	}
	return params, nil
}

func asObject(at string, raw json.RawMessage) (map[string]any, error) {
	var given any
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &given); err != nil {
			return nil, refuse(wrongParams, "%s: %v", at, err)
		}
	}
	if !isObject(given) {
		return nil, refuse(wrongParams, "%s: expected an object", at)
	}
	return given.(map[string]any), nil
}

func checkProgram(given any, capabilities map[string]bool, database bool) error {
	if err := checkFields("program", given, programFields, false); err != nil {
		return err
	}
	program := given.(map[string]any)
	variables, _ := program["variables"].(map[string]any)
	for variable, first := range variables {
		at := "variables." + variable
		if err := check(at, variable, name); err != nil {
			return err
		}
		if err := check(at, first, value); err != nil {
			return err
		}
	}
	threads := program["threads"].(map[string]any)
	if threads["main"] == nil {
		return refuse(wrongParams, "threads: a program needs a green thread named main")
	}
	known := known{capabilities, threads, database}
	for thread, given := range threads {
		at := "threads." + thread
		if err := check(at, thread, name); err != nil {
			return err
		}
		if err := checkFields(at, given, threadFields, false); err != nil {
			return err
		}
		if err := checkSteps(at+".steps", given.(map[string]any)["steps"].([]any), known); err != nil {
			return err
		}
	}
	return nil
}

func checkSteps(at string, given []any, known known) error {
	for i, step := range given {
		if err := checkStep(fmt.Sprintf("%s[%d]", at, i), step, known); err != nil {
			return err
		}
	}
	return nil
}

func checkStep(at string, given any, known known) error {
	step, is := given.(map[string]any)
	if !is {
		return refuse(wrongParams, "%s: expected an object", at)
	}
	do, _ := step["do"].(string)
	fieldsOfStep, is := steps[do]
	if !is {
		return refuse(wrongParams, "%s: unknown step %v", at, step["do"])
	}
	if err := checkFields(at, given, withEveryStep(fieldsOfStep), false); err != nil {
		return err
	}
	if thread, is := step["thread"].(string); is && known.threads[thread] == nil {
		return refuse(wrongParams, "%s: no green thread named %s", at, thread)
	}
	if word := capabilityOf(do, step); !known.capabilities[word] {
		return refuse(wrongParams, "%s: this runtime has no %s", at, word)
	}
	if do == "connect" && !known.database {
		return refuse(wrongParams, "%s: a step connects, and there is no database", at)
	}
	if inner, is := step["steps"].([]any); is {
		return checkSteps(at+".steps", inner, known)
	}
	return nil
}

func withEveryStep(own fields) fields {
	all := fields{"do": text, "label": optional(name)}
	for name, field := range own {
		all[name] = field
	}
	return all
}

// capabilityOf is the word that a step takes: sleep/library, connect/native, repeat.
func capabilityOf(do string, step map[string]any) string {
	for _, kind := range []string{"through", "driver", "what"} {
		if way, is := step[kind].(string); is {
			return do + "/" + way
		}
	}
	return do
}

// checkFields holds an object against its fields; more than these are let pass where a newer harness may add some.
func checkFields(at string, given any, fields fields, more bool) error {
	if err := check(at, given, object); err != nil {
		return err
	}
	there := given.(map[string]any)
	for name, field := range fields {
		value, is := there[name]
		switch {
		case is:
			if err := check(at+"."+name, value, field); err != nil {
				return err
			}
		case !field.optional:
			return refuse(wrongParams, "%s: %s is missing", at, name)
		}
	}
	for name := range there {
		if _, is := fields[name]; !is && !more {
			return refuse(wrongParams, "%s: unknown field %q", at, name)
		}
	}
	return nil
}

func check(at string, given any, field field) error {
	if field.fits(given) {
		return nil
	}
	return refuse(wrongParams, "%s: expected %s", at, field.means)
}
