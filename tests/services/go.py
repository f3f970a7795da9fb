"""A service in Go."""

from tests.services.planting import Edit, Mistake, Service

GO = Service(
    name="Go",
    files={
        "go.mod": """\
module score

go 1.21
""",
        "main.go": """\
package main

import "score/model"

func main() {
	serve(model.Score)
}

func serve(f func(Order) float64) {
}
""",
        "model/score.go": """\
package model

// Score returns the risk.
func Score(o Order) float64 {
	x := amount(o)
	if x > limit {
		return 1
	}
	return x * scale
}

const limit = 10
const scale = 0.1
""",
        "model/amount.go": """\
package model

func amount(o Order) float64 {
	return float64(o.Cents) / 100
}
""",
        "admin/list.go": """\
package admin

func List(n int) int {
	return n + 10
}
""",
        "README.md": "x\n",
    },
    entry="model/score.go:Score",
    harmless=(
        Edit(name="readme", path="README.md", old="x", new="y", subject="Docs"),
        Edit(
            name="admin",
            path="admin/list.go",
            old="\treturn n + 10",
            new="\treturn n + 20",
            subject="Longer lists",
        ),
        Edit(name="gomod", path="go.mod", old="go 1.21", new="go 1.22", subject="Go 1.22"),
    ),
    mistakes=(
        Mistake(
            edit=Edit(
                name="goscale",
                path="model/score.go",
                old="scale = 0.1",
                new="scale = 0.5",
                subject="Constants",
            ),
            times=5.0,
        ),
        Mistake(
            edit=Edit(name="goamount", path="model/amount.go", old=" / 100", new="", subject="Use cents"),
            times=100.0,
        ),
        Mistake(
            edit=Edit(
                name="golimit", path="model/score.go", old="x > limit", new="x >= limit", subject="Bounds"
            ),
            times=1.1,
        ),
    ),
)
