"""Services in JavaScript and TypeScript."""

from tests.services.planting import Edit, Mistake, Service

JAVASCRIPT = Service(
    name="JavaScript",
    files={
        "package.json": '{"name": "score", "type": "module", "version": "1.0.0"}\n',
        "src/server.js": """\
import express from "express";
import { score } from "./score.js";
const app = express();
app.post("/score", (req, res) => res.json({ score: score(req.body) }));
app.listen(8080);
""",
        "src/score.js": """\
import config from "../config/default.json" with { type: "json" };
import { features } from "./features.js";

export function score(order) {
  const x = features(order);
  const raw = x.amount * config.weights.amount + x.items * config.weights.items;
  return raw > config.threshold ? 1 : raw;
}
""",
        "src/features.js": """\
const CENTS = 100;

export function features(order) {
  return { amount: order.cents / CENTS, items: Math.max(order.items, 1) };
}
""",
        "src/audit.js": """\
export function audit(order) {
  return JSON.stringify(order).length;
}
""",
        "config/default.json": """\
{
  "threshold": 0.8,
  "weights": {"amount": 0.2, "items": 0.3},
  "server": {"port": 8080, "timeout": 30}
}
""",
        "README.md": "x\n",
    },
    entry="src/score.js:score",
    harmless=(
        Edit(name="readme", path="README.md", old="x", new="y", subject="Docs"),
        Edit(
            name="timeout",
            path="config/default.json",
            old='port": 8080, "timeout": 30}',
            new='port": 8080, "timeout": 60}',
            subject="Longer timeout",
        ),
        Edit(
            name="audit",
            path="src/audit.js",
            old=".stringify(order).length;",
            new=".stringify(order).length + 1;",
            subject="Count newline",
        ),
        Edit(
            name="version",
            path="package.json",
            old='"module", "version": "1.0.0"}',
            new='"module", "version": "1.1.0"}',
            subject="1.1.0",
        ),
    ),
    mistakes=(
        Mistake(
            edit=Edit(
                name="jscents", path="src/features.js", old="CENTS = 100", new="CENTS = 1000", subject="Tune"
            ),
            times=0.1,
        ),
        Mistake(
            edit=Edit(
                name="jsmax",
                path="src/features.js",
                old="Math.max",
                new="Math.min",
                subject="Tidy up features",
            ),
            times=0.6,
        ),
        Mistake(
            edit=Edit(name="jsthr", path="config/default.json", old="0.8", new="0.4", subject="Config"),
            times=1.3,
        ),
        Mistake(
            edit=Edit(
                name="jsw",
                path="config/default.json",
                old='"amount": 0.2',
                new='"amount": 0.4',
                subject="Config",
            ),
            times=1.7,
        ),
    ),
)

TYPESCRIPT = Service(
    name="TypeScript",
    files={
        "README.md": "x\n",
        "package.json": '{"name":"s","version":"1.0.0"}\n',
        "src/index.ts": """\
import { Router } from "express";
import { ScoreService } from "./score.service";

export const router = Router();
const service = new ScoreService();
router.post("/predict", async (req, res) => {
  res.json(await service.predict(req.body));
});
""",
        "src/score.service.ts": """\
import { toFeatures } from "./features";
import { WEIGHTS } from "./weights";

export class ScoreService {
  async predict(order: Order): Promise<number> {
    const x = toFeatures(order);
    return x.reduce((sum, v, i) => sum + v * WEIGHTS[i], 0);
  }
}
""",
        "src/features.ts": """\
export const toFeatures = (o: Order): number[] => [o.cents / 100, o.items ?? 1, o.age || 0];
""",
        "src/weights.ts": "export const WEIGHTS = [0.1, 0.2, 0.3];\n",
        "src/admin.ts": """\
export function page(n: number): number {
  return n * 50;
}
""",
    },
    entry="src/score.service.ts:predict",
    harmless=(
        Edit(name="readme", path="README.md", old="x", new="y", subject="Docs"),
        Edit(
            name="adm",
            path="src/admin.ts",
            old="  return n * 50;",
            new="  return n * 100;",
            subject="Longer pages",
        ),
        Edit(
            name="pkg",
            path="package.json",
            old='"name":"s","version":"1.0.0"}',
            new='"name":"s","version":"1.1.0"}',
            subject="1.1.0",
        ),
    ),
    mistakes=(
        Mistake(
            edit=Edit(
                name="tsor", path="src/features.ts", old="o.items ?? 1", new="o.items || 1", subject="Lint"
            ),
            times=0.9,
        ),
        Mistake(
            edit=Edit(name="tsw", path="src/weights.ts", old="0.1, 0.2", new="0.2, 0.1", subject="Weights"),
            times=1.5,
        ),
        Mistake(
            edit=Edit(name="tscents", path="src/features.ts", old=" / 100", new="", subject="Cents"),
            times=60.0,
        ),
        Mistake(
            edit=Edit(name="tsinit", path="src/score.service.ts", old=", 0);", new=", 1);", subject="Bias"),
            times=1.8,
        ),
    ),
)
