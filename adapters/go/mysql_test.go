package main

import (
	"math"
	"testing"
	"time"

	"greenspec/adapters/go/greenspec"
)

func TestColumnsTravelAsStringsNumbersAndNil(t *testing.T) {
	for _, column := range []struct{ held, sent any }{
		{nil, nil},
		{[]byte("ü"), "ü"},
		{int64(1 << 53), float64(1 << 53)},
		{int64(1<<53 + 1), "9007199254740993"},
		{int64(-1<<53 - 1), "-9007199254740993"},
		{uint64(math.MaxUint64), "18446744073709551615"},
		{float32(0.5), 0.5},
		{0.5, 0.5},
	} {
		if sent := plain(column.held); sent != column.sent {
			t.Errorf("%v: %v, expected %v", column.held, sent, column.sent)
		}
	}
}

func TestAServerThatIsNotThereIsAnError(t *testing.T) {
	if _, err := connect(greenspec.Address{Host: "127.0.0.1", Port: 9}); err == nil {
		t.Error("connected to nobody")
	}
}

func TestSleepLastsAtLeastAsLongAsAsked(t *testing.T) {
	began := time.Now()
	if err := sleep(0.002); err != nil || time.Since(began) < 2*time.Millisecond {
		t.Error(time.Since(began), err)
	}
	if sleep() == nil {
		t.Error("time.Sleep was called without a duration")
	}
}
