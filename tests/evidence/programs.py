"""Small programs that are not in Python, most of which score a row by a function of another file."""

SCRIPT = {
    "src/server.ts": """
import { encode } from "./features";
import config from "./config.json";

app.post("/predict", async (req, res) => {
  res.json({ score: score(req.body) });
});

export const score = (row: Row): number => {
  return Math.min(encode(row) * config.scale, LIMIT);
};

const LIMIT = 100;

export function health(): string {
  return "ok";
}
""",
    "src/features.ts": """
export function encode(row) {
  return clean(row) * 60;
}

function clean(row) {
  return row.age;
}

export function unused(row) {
  return row;
}
""",
    "src/other.ts": "export function clean(row) {\n  return 0;\n}\n",
}


COMMON_JS = {
    "lib/score.js": """
var encode = require('./encode');

module.exports = function (row) {
    return encode(row) * 2;
};
""",
    "lib/exports.js": "module.exports = function() {\n  return {};\n};\n",
    "lib/encode.js": """
function clean(row) {
    return row.age;
}

module.exports = function encodeRow(row) {
    return clean(row);
};

module.exports.other = function () {
    return 1;
};
""",
}


GO = {
    "scorer/scorer.go": """package scorer

type Scorer struct{ scale float64 }

func (s *Scorer) Predict(row Row) float64 {
	return s.weigh(row) * s.scale
}

func (s *Scorer) weigh(row Row) float64 {
	return features.Encode(row)
}

func (a *Audit) weigh(row Row) float64 {
	return 0
}
""",
    "features/features.go": """package features

const minutes = 60

func Encode(row Row) float64 {
	return row.Age * minutes
}

func Decode(row Row) float64 {
	return 1
}
""",
}


JAVA = {
    "src/main/java/app/Scorer.java": """package app;

import app.features.Encoder;

public class Scorer {
    private static final double SCALE = 60.0;
    private final Encoder encoder = new Encoder();

    @Override
    public double predict(Row row) {
        return encoder.encode(row) * SCALE;
    }

    public String name() {
        return "scorer";
    }
}
""",
    "src/main/java/app/features/Encoder.java": """package app.features;

public class Encoder
{
    public double encode(Row row)
    {
        return clean(row) * 2;
    }

    private double clean(Row row)
    {
        return row.age;
    }

    public double other(Row row)
    {
        return 1;
    }
}
""",
}


RUST = {
    "src/lib.rs": """
use crate::features::encode;

pub struct Scorer { scale: f64 }

impl Scorer {
    pub fn predict(&self, row: &Row) -> f64 {
        encode(row) * self.scale
    }

    pub fn name(&self) -> &'static str {
        "scorer"
    }
}
""",
    "src/features.rs": """
const MINUTES: f64 = 60.0;

pub fn encode(row: &Row) -> f64 {
    row.age * MINUTES
}

pub fn other() -> f64 {
    1.0
}
""",
}


RUBY = {
    "lib/scorer.rb": """
require_relative "features"

class Scorer
  def predict(row)
    Features.encode(row) * 2
  end

  def name
    "scorer"
  end
end
""",
    "lib/features.rb": """
module Features
  MINUTES = 60

  def self.encode(row)
    row.age * MINUTES
  end

  def self.other
    1
  end
end
""",
}


SHARP = {
    "Scoring/Scorer.cs": """using System;

namespace Scoring
{
    public class Scorer
    {
        public double Predict(Row row)
        {
            return Encoder.Encode(row) * 2;
        }

        public string Name() => "scorer";
    }
}
""",
    "Scoring/Encoder.cs": """namespace Scoring
{
    public static class Encoder
    {
        public const double Minutes = 60;

        public static double Encode(Row row) => row.Age * Minutes;

        public static double Other(Row row)
        {
            return 1;
        }
    }
}
""",
}


TABLE = {
    "src/format.js": """
import types from "./types";

export default function(locale) {
  var group = grouped(locale);

  function format(value) {
    return types[value.kind](group(value));
  }

  return format;
}

function grouped(locale) {
  return locale.group;
}
""",
    "src/types.js": 'import plain from "./plain";\n\nexport default {\n  "": plain,\n};\n',
    "src/plain.js": "export default function(value) {\n  return value + 1;\n}\n",
}


HUNG = {
    "lib/lines.js": """
import Diff from './base';

const lines = new Diff();

lines.split = function(text) {
  return text.trim();
};

lines.load = () => {
  window.onload = function() {
    return 5;
  };
};

export function score(a, b) {
  return lines.diff(a, b) + Diff.cost(a);
}
""",
    "lib/base.js": """
export default function Diff() {}

Diff.prototype.diff = function(a, b) {
  return this.split(a) === this.split(b) ? 0 : 1;
};

Diff.cost = function(a) {
  return 2;
};

Diff.unused = function(a) {
  return 3;
};
""",
}
