"""A service in Rust."""

from tests.services.planting import Edit, Mistake, Service

RUST = Service(
    name="Rust",
    files={
        "README.md": "x\n",
        "Cargo.toml": """\
[package]
name = "score"
version = "0.1.0"
""",
        "src/main.rs": """\
mod score;

fn main() {
    serve(score::score);
}

fn serve(f: fn(f64) -> f64) {}
""",
        "src/score.rs": """\
use crate::limits::clamp;

pub fn score(x: f64) -> f64 {
    clamp(scale(x))
}

fn scale(x: f64) -> f64 {
    x * 0.25
}
""",
        "src/limits.rs": """\
pub fn clamp(x: f64) -> f64 {
    x.max(0.0).min(1.0)
}
""",
        "src/log.rs": """\
pub fn line(n: u32) -> u32 {
    n + 1
}
""",
    },
    entry="src/score.rs:score",
    harmless=(
        Edit(name="readme", path="README.md", old="x", new="y", subject="Docs"),
        Edit(name="rlog", path="src/log.rs", old="    n + 1", new="    n + 2", subject="Lines"),
        Edit(
            name="cargo", path="Cargo.toml", old='version = "0.1.0"', new='version = "0.2.0"', subject="0.2.0"
        ),
    ),
    mistakes=(
        Mistake(
            edit=Edit(name="rsscale", path="src/score.rs", old="0.25", new="0.5", subject="Scale"), times=2.0
        ),
        Mistake(
            edit=Edit(
                name="rsclamp", path="src/limits.rs", old=".min(1.0)", new=".min(10.0)", subject="Limits"
            ),
            times=1.5,
        ),
    ),
)
