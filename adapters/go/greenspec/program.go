package greenspec

// runParams are the parameters of run, after check has found nothing wrong with them.
type runParams struct {
	Run      string   `json:"run"`
	Nonce    string   `json:"nonce"`
	Program  program  `json:"program"`
	Gates    gates    `json:"gates"`
	Folder   string   `json:"folder"`
	Database *Address `json:"database"`
}

type gates struct {
	Host string `json:"host"`
	Port int    `json:"port"`
}

// Address says where a MySQL server is, and how to log in.
type Address struct {
	Host     string `json:"host"`
	Port     int    `json:"port"`
	User     string `json:"user"`
	Password string `json:"password"`
	Database string `json:"database"`
}

type program struct {
	Threads   map[string]thread `json:"threads"`
	Variables map[string]Value  `json:"variables"`
}

type thread struct {
	Steps []step `json:"steps"`
	Count int    `json:"count"`
}

// step has the fields of all steps; Do says which of them count.
type step struct {
	Do         string   `json:"do"`
	Label      string   `json:"label"`
	Into       string   `json:"into"`
	Thread     string   `json:"thread"`
	Count      int      `json:"count"`
	Value      Value    `json:"value"`
	Error      string   `json:"error"`
	Steps      []step   `json:"steps"`
	Through    string   `json:"through"`
	Seconds    *float64 `json:"seconds"`
	Until      string   `json:"until"`
	Gate       string   `json:"gate"`
	Depth      int      `json:"depth"`
	What       string   `json:"what"`
	Variable   string   `json:"variable"`
	From       *string  `json:"from"`
	Plus       *float64 `json:"plus"`
	Local      string   `json:"local"`
	Is         Value    `json:"is"`
	Name       string   `json:"name"`
	Connection string   `json:"connection"`
	Driver     string   `json:"driver"`
	SQL        string   `json:"sql"`
	Times      int      `json:"times"`
	Unless     string   `json:"unless"`
}

// variables gives the names of all shared variables that a program uses.
func (p program) variables() []string {
	var names []string
	for name := range p.Variables {
		names = append(names, name)
	}
	var walk func(steps []step)
	walk = func(steps []step) {
		for _, step := range steps {
			if step.Variable != "" {
				names = append(names, step.Variable)
			}
			walk(step.Steps)
		}
	}
	for _, thread := range p.Threads {
		walk(thread.Steps)
	}
	return names
}
