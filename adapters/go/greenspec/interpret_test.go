package greenspec

import "testing"

func TestVariablesAndLocals(t *testing.T) {
	expect(t, played(t, `
		{"do":"get","variable":"v","into":"x"},
		{"do":"set","variable":"v","from":"x","plus":2,"label":"sum"},
		{"do":"get","variable":"unset","label":"unset"},
		{"do":"set","variable":"l","value":[1,"a",null,[true]],"label":"list"},
		{"do":"when","local":"x","is":40,"steps":[{"do":"get","variable":"v","label":"now"}]},
		{"do":"when","local":"x","is":"40","steps":[{"do":"get","variable":"v","label":"never"}]},
		{"do":"attempt","label":"tried","steps":[{"do":"set","variable":"v","value":"text","plus":1}]}`, ``),
		"main sum started", "main sum finished 42",
		"main unset started", "main unset finished",
		"main list started", `main list finished [1,"a",null,[true]]`,
		"main now started", "main now finished 42",
		"main tried started", `main tried finished "not-a-number"`)
}

func TestANumberThatJSONCannotSayIsToldAsText(t *testing.T) {
	expect(t, played(t, `{"do":"get","variable":"huge","into":"x"},{"do":"set","variable":"huge","value":1e308,"plus":1e308,"label":"sum"}`, ``),
		"main sum started", `main sum finished "+Inf"`)
}

func TestReturnEndsAGoroutineFromInsideNestedSteps(t *testing.T) {
	expect(t, played(t,
		`{"do":"spawn","thread":"w"},{"do":"join","thread":"w","label":"end"},{"do":"return","value":1},{"do":"get","variable":"v","label":"never"}`,
		`,"w":{"count":2,"steps":[{"do":"call","depth":3,"steps":[{"do":"repeat","times":3,"steps":[
			{"do":"synchronized","name":"l","steps":[{"do":"attempt","steps":[{"do":"return","value":"early"}]}]}]}]}]}`),
		"main end started", `main end finished ["early","early"]`)
}

func TestWhatIsRaisedReachesWhoJoinsAndEndsNobodyElse(t *testing.T) {
	expect(t, played(t,
		`{"do":"spawn","thread":"w"},{"do":"attempt","label":"tried","steps":[{"do":"join","thread":"w"}]},{"do":"join","thread":"none","label":"none"}`,
		`,"w":{"steps":[{"do":"raise","error":"oops"}]},"none":{"steps":[]}`),
		"main tried started", `main tried finished "oops"`,
		"main none started", "main none finished")
}

func TestAnErrorThatMainRaisesEndsTheProgram(t *testing.T) {
	expect(t, played(t, `{"do":"raise","error":"oops","label":"fall"},{"do":"get","variable":"v","label":"never"}`, ``),
		"main fall started", "main fall raised oops")
}

func TestAYieldIsTheRuntimesAndGivesNothing(t *testing.T) {
	expect(t, played(t, `{"do":"yield","label":"yield"},{"do":"get","variable":"v","label":"after"}`, ``),
		"main yield started", "main yield finished",
		"main after started", "main after finished 40")
}

func TestUntilEndsWithItsVariable(t *testing.T) {
	expect(t, played(t, `{"do":"until","variable":"v","is":42,"steps":[
		{"do":"get","variable":"v","into":"x"},{"do":"set","variable":"v","from":"x","plus":1,"label":"more"}]}`, ``),
		"main more started", "main more finished 41", "main more started", "main more finished 42")
}

func TestALockTellsOfItsEntry(t *testing.T) {
	expect(t, played(t, `{"do":"attempt","steps":[{"do":"synchronized","name":"l","label":"lock","steps":[{"do":"raise","error":"oops"}]}]},
		{"do":"synchronized","name":"l","label":"again","steps":[]}`, ``),
		"main lock started", "main lock entered", "main lock raised oops",
		"main again started", "main again entered", "main again finished")
}

func TestConnectionsAndTheCommentOfAQuery(t *testing.T) {
	expect(t, played(t, `{"do":"connect","connection":"c","driver":"native"},
		{"do":"query","connection":"c","sql":"SELECT 1","label":"query"},
		{"do":"close","connection":"c"},
		{"do":"attempt","steps":[{"do":"query","connection":"c","sql":"SELECT 1","label":"gone"}]}`, ``),
		"main query started", `main query finished [["/* greenspec 0123456789abcdef main 1 */ SELECT 1"]]`,
		"main gone started", "main gone raised no-connection")
}

func TestANameMeansTheOwnConnectionElseTheOneOpenedLast(t *testing.T) {
	var connections connections
	first, second, own := &fakeConnection{}, &fakeConnection{}, &fakeConnection{}
	connections.add("a#1", "c", first)
	connections.add("me", "c", own)
	connections.add("a#2", "c", second)
	connections.add("a#2", "d", &fakeConnection{})
	for _, expected := range []struct {
		who string
		is  *fakeConnection
	}{{"me", own}, {"me", second}, {"me", first}} {
		if found, err := connections.take(expected.who, "c"); err != nil || found != expected.is {
			t.Errorf("%v, %v", found, err)
		}
	}
	if _, err := connections.find("me", "c"); codeOf(err) != "no-connection" {
		t.Error(err)
	}
}
