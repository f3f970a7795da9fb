//! The part of a Rust driver that no history changes: `rust.py` writes the metrics beside it.

use std::fmt::{Debug, Display};
use std::io::Write;
use std::panic::{catch_unwind, AssertUnwindSafe};

/// What a metric gave, as a number; nothing where there is none.
pub trait Measured {
    fn measured(&self) -> Option<f64>;
}

macro_rules! numbers {
    ($($kind:ty)*) => { $(impl Measured for $kind {
        fn measured(&self) -> Option<f64> {
            let value = *self as f64;
            if value.is_finite() { format!("{:.8e}", value).parse().ok() } else { None }
        }
    })* };
}

numbers!(f64 f32 usize isize u8 u16 u32 u64 u128 i8 i16 i32 i64 i128);

impl Measured for bool {
    fn measured(&self) -> Option<f64> {
        Some(if *self { 1.0 } else { 0.0 })
    }
}

impl Measured for str {
    /// A text by its length and letters, so that any change shows.
    fn measured(&self) -> Option<f64> {
        let sum: u64 = self.chars().map(|letter| letter as u64).sum();
        Some(self.chars().count() as f64 + (sum % 997) as f64 / 9970.0)
    }
}

impl Measured for String {
    fn measured(&self) -> Option<f64> {
        self.as_str().measured()
    }
}

impl<T: Measured + ?Sized> Measured for &T {
    fn measured(&self) -> Option<f64> {
        (**self).measured()
    }
}

impl<T: Measured> Measured for Option<T> {
    fn measured(&self) -> Option<f64> {
        self.as_ref().and_then(|value| value.measured())
    }
}

impl<T: Measured, E> Measured for Result<T, E> {
    fn measured(&self) -> Option<f64> {
        self.as_ref().ok().and_then(|value| value.measured())
    }
}

/// A value as it prints itself for those who debug.
pub fn told(value: impl Debug) -> String {
    format!("{:?}", value)
}

/// A value as it prints itself.
pub fn shown(value: impl Display) -> String {
    format!("{}", value)
}

type Run = Box<dyn Fn() -> Vec<Option<f64>>>;

pub struct Metrics {
    metrics: Vec<(String, Run)>,
}

impl Metrics {
    pub fn new() -> Metrics {
        Metrics { metrics: Vec::new() }
    }

    pub fn text(&mut self, name: &str, pool: &str, of: impl Fn(&str) -> Option<f64> + 'static) {
        self.metric(name, pool, move |line| of(&text(line)));
    }

    pub fn number(&mut self, name: &str, pool: &str, of: impl Fn(f64) -> Option<f64> + 'static) {
        self.metric(name, pool, move |line| of(line.parse().unwrap()));
    }

    pub fn texts(&mut self, name: &str, pool: &str, of: impl Fn(&[String]) -> Option<f64> + 'static) {
        self.metric(name, pool, move |line| {
            of(&line.split(' ').filter(|part| !part.is_empty()).map(text).collect::<Vec<_>>())
        });
    }

    fn metric(&mut self, name: &str, pool: &str, of: impl Fn(&str) -> Option<f64> + 'static) {
        let path = format!("{}.pool", pool);
        let run = move || {
            let lines = std::fs::read_to_string(&path).unwrap();
            lines.lines().map(|line| catch_unwind(AssertUnwindSafe(|| of(line))).unwrap_or(None)).collect()
        };
        self.metrics.push((name.to_string(), Box::new(run)));
    }

    /// Print a line for each of the metrics named, as soon as it is known.
    pub fn run(&self) {
        std::panic::set_hook(Box::new(|_| {}));
        std::thread::spawn(|| {
            std::thread::sleep(std::time::Duration::from_secs(6));
            std::process::exit(1);
        });
        for wanted in std::env::args().skip(1) {
            for (_, run) in self.metrics.iter().filter(|(name, _)| *name == wanted) {
                let values: Vec<String> = run()
                    .iter()
                    .map(|value| value.map_or("null".to_string(), |value| format!("{}", value)))
                    .collect();
                println!("[\"{}\", [{}]]", wanted, values.join(", "));
                std::io::stdout().flush().unwrap();
            }
        }
    }
}

fn text(hex: &str) -> String {
    let bytes: Vec<u8> = (1..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect();
    String::from_utf8(bytes).unwrap()
}
