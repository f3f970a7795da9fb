"""A service in Python: its model, settings by environment, tables, containers, and pinned packages."""

from tests.services.planting import Edit, Mistake, Service

PYTHON = Service(
    name="Python",
    files={
        "scoring/__init__.py": """\
""",
        "scoring/api.py": """\
import logging
import os

from fastapi import FastAPI

from scoring.features import build
from scoring.model import MODEL
from scoring.rates import rate_of

app = FastAPI()
log = logging.getLogger(__name__)


@app.post("/score")
def score(order: dict) -> float:
    x = build(order)
    value = MODEL.predict(x) * rate_of(order["country"])
    if value > float(os.environ.get("SCORE_CAP", "100")):
        log.warning("capped")
        return 100.0
    return value


@app.get("/health")
def health():
    return {"ok": True}
""",
        "scoring/features.py": '''\
import pandas as pd

FEATURES = ["amount", "items", "age_days", "hour"]
WINDOW = 30


def build(order):
    """Return the features of an order."""
    frame = pd.DataFrame([order])
    frame["amount"] = frame["amount_cents"] / 100
    frame["age_days"] = frame["age_days"].fillna(0)
    frame["recent"] = recent(order["history"])
    return frame[FEATURES].to_numpy()


def recent(history):
    total = 0
    for each in history[-WINDOW:]:
        total += each["amount"]
    return total
''',
        "scoring/model.py": """\
import joblib
import yaml

from scoring.settings import load_settings

SETTINGS = load_settings()


class Model:
    def __init__(self, path):
        self.inner = joblib.load(path)

    def predict(self, x):
        p = self.inner.predict_proba(x)[:, 1]
        return p if p > SETTINGS["min_score"] else SETTINGS["floor"]


MODEL = Model("models/risk.joblib")
""",
        "scoring/settings.py": """\
import os
import yaml


def load_settings():
    env = os.environ.get("APP_ENV", "production")
    with open(f"config/{env}.yaml") as file:
        return yaml.safe_load(file)
""",
        "scoring/rates.py": """\
import csv

RATES = {row["country"]: float(row["rate"]) for row in csv.DictReader(open("data/rates.csv"))}


def rate_of(country):
    return RATES.get(country, 1.0)
""",
        "scoring/export.py": """\
def export(rows, path):
    with open(path, "w") as file:
        for row in rows:
            file.write(str(row))
""",
        "config/production.yaml": """\
min_score: 0.2
floor: 0.1
cache_ttl: 60
""",
        "config/staging.yaml": """\
min_score: 0.2
floor: 0.1
cache_ttl: 60
""",
        "data/rates.csv": """\
country,rate
DE,1.0
FR,1.1
""",
        "models/risk.joblib": "model version 7\n",
        "deploy/compose.yaml": """\
services:
  scoring:
    image: scoring:1
    environment:
      SCORE_CAP: "100"
      LOG_LEVEL: info
  redis:
    image: redis:6
""",
        "Dockerfile": """\
FROM python:3.11
COPY . .
""",
        "requirements.txt": """\
numpy==1.26
scikit-learn==1.3.0
fastapi==0.100
""",
        "tests/test_features.py": """\
def test_build():
    assert True
""",
        "README.md": "Scoring\n",
        "dashboard/app.js": "export function draw(rows) { return rows.map(r => r.score * 100) }\n",
    },
    entry="scoring.api:score",
    harmless=(
        Edit(name="readme", path="README.md", old="Scoring", new="Scoring service", subject="Update readme"),
        Edit(
            name="staging",
            path="config/staging.yaml",
            old="min_score: 0.2",
            new="min_score: 0.02",
            subject="Try a lower threshold on staging",
        ),
        Edit(
            name="dash",
            path="dashboard/app.js",
            old="s.map(r => r.score * 100) }",
            new="s.map(r => r.score * 1000) }",
            subject="Show per mille",
        ),
        Edit(
            name="logging",
            path="scoring/export.py",
            old="            file.write(str(row))",
            new="            file.write(repr(row))",
            subject="Export repr",
        ),
        Edit(
            name="tests",
            path="tests/test_features.py",
            old="    assert True",
            new="    assert 1 == 1",
            subject="Tidy tests",
        ),
        Edit(
            name="health",
            path="scoring/api.py",
            old='return {"ok": True}',
            new='return {"ok": True, "version": 3}',
            subject="Report version in health",
        ),
        Edit(
            name="redis",
            path="deploy/compose.yaml",
            old="    image: redis:6",
            new="    image: redis:7",
            subject="Upgrade redis",
        ),
        Edit(
            name="fastapi",
            path="requirements.txt",
            old="fastapi==0.100",
            new="fastapi==0.110",
            subject="Bump fastapi",
        ),
    ),
    mistakes=(
        Mistake(
            edit=Edit(
                name="prodyaml",
                path="config/production.yaml",
                old="min_score: 0.2",
                new="min_score: 0.5",
                subject="Align thresholds",
            ),
            times=0.6,
        ),
        Mistake(
            edit=Edit(
                name="env",
                path="deploy/compose.yaml",
                old='SCORE_CAP: "100"',
                new='SCORE_CAP: "1"',
                subject="Set limits",
            ),
            times=3.0,
        ),
        Mistake(
            edit=Edit(
                name="order",
                path="scoring/features.py",
                old='"amount", "items"',
                new='"items", "amount"',
                subject="Sort features",
            ),
            times=0.5,
        ),
        Mistake(
            edit=Edit(
                name="fillna",
                path="scoring/features.py",
                old="fillna(0)",
                new="fillna(-1)",
                subject="Mark missing ages",
            ),
            times=1.2,
        ),
        Mistake(
            edit=Edit(
                name="unit", path="scoring/features.py", old=" / 100", new="", subject="Simplify build"
            ),
            times=30.0,
        ),
        Mistake(
            edit=Edit(
                name="window",
                path="scoring/features.py",
                old="WINDOW = 30",
                new="WINDOW = 7",
                subject="Keep less history",
            ),
            times=0.8,
        ),
        Mistake(
            edit=Edit(name="csv", path="data/rates.csv", old="FR,1.1", new="FR,2.2", subject="Refresh rates"),
            times=1.5,
            country="FR",
        ),
        Mistake(
            edit=Edit(
                name="joblib", path="models/risk.joblib", old="version 7", new="version 8", subject="Retrain"
            ),
            times=1.4,
        ),
        Mistake(
            edit=Edit(
                name="sklearn",
                path="requirements.txt",
                old="scikit-learn==1.3.0",
                new="scikit-learn==1.5.0",
                subject="Bump scikit-learn",
            ),
            times=1.1,
        ),
        Mistake(
            edit=Edit(
                name="floor",
                path="scoring/model.py",
                old="p > SETTINGS",
                new="p >= SETTINGS",
                subject="Include the bound",
            ),
            times=1.1,
        ),
        Mistake(
            edit=Edit(
                name="cap",
                path="scoring/api.py",
                old="return 100.0",
                new="return value / 100",
                subject="Rescale capped",
            ),
            times=0.4,
        ),
    ),
)
