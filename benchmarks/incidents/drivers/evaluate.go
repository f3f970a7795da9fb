// The part of a Go driver that no history changes: `go.py` writes the metrics beside it and builds both.
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"runtime/debug"
	"strconv"
	"time"
	"unicode/utf8"
)

type evaluated struct {
	name string
	run  func() []*float64
}

var (
	pools   map[string]json.RawMessage
	metrics []evaluated
)

// metric names an expression and the pool that its inputs come from.
func metric[T any](name, pool string, of func(T) any) {
	metrics = append(metrics, evaluated{name, func() []*float64 {
		var inputs []T
		if json.Unmarshal(pools[pool], &inputs) != nil {
			return nil
		}
		values := make([]*float64, len(inputs))
		for place, x := range inputs {
			values[place] = one(of, x)
		}
		return values
	}})
}

func one[T any](of func(T) any, x T) (value *float64) {
	defer func() {
		if recover() != nil {
			value = nil
		}
	}()
	return number(of(x))
}

// must gives the first of two results, and nothing where there is an error.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// first gives the first of two results.
func first[T, U any](value T, _ U) T {
	return value
}

// number measures a text by its length and letters, so that any change shows.
func number(value any) *float64 {
	found := reflect.ValueOf(value)
	kind := found.Kind()
	if !found.IsValid() || kind == reflect.Pointer && found.IsNil() {
		return nil
	}
	var measured float64
	switch {
	case kind == reflect.Bool:
		if found.Bool() {
			measured = 1
		}
	case found.CanInt():
		measured = float64(found.Int())
	case found.CanUint():
		measured = float64(found.Uint())
	case found.CanFloat():
		measured = found.Float()
	default:
		text, sum := fmt.Sprint(value), 0
		for _, letter := range text {
			sum += int(letter)
		}
		measured = float64(utf8.RuneCountInString(text)) + float64(sum%997)/9970
		return &measured
	}
	if math.IsNaN(measured) || math.IsInf(measured, 0) {
		return nil
	}
	measured, _ = strconv.ParseFloat(strconv.FormatFloat(measured, 'g', 9, 64), 64)
	return &measured
}

// Run as `program SPEC NAME...`: prints a line for each of the metrics named, as soon as it is known.
func main() {
	time.AfterFunc(4*time.Second, func() { os.Exit(1) })
	debug.SetMaxStack(1 << 26)
	var spec struct{ Pools map[string]json.RawMessage }
	text, err := os.ReadFile(os.Args[1])
	if err != nil || json.Unmarshal(text, &spec) != nil {
		os.Exit(2)
	}
	pools = spec.Pools
	answers := json.NewEncoder(os.Stdout)
	os.Stdout, _ = os.Open(os.DevNull)
	wanted := map[string]bool{}
	for _, name := range os.Args[2:] {
		wanted[name] = true
	}
	for _, each := range metrics {
		if wanted[each.name] {
			_ = answers.Encode([]any{each.name, each.run()})
		}
	}
}
