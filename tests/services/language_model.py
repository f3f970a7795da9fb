"""The service in Python with a language model, text features, a warehouse and a cluster beside it."""

from tests.services.planting import Edit, Mistake, Service
from tests.services.python import PYTHON

LANGUAGE_MODEL = Service(
    name="Python, language model",
    files={
        **PYTHON.files,
        "prompts/system.txt": """\
You are a careful judge.
Answer with a number between 0 and 1.
""",
        "scoring/llm.py": """\
from pathlib import Path

PROMPT = Path("prompts/system.txt").read_text()
TEMPERATURE = 0.0


def ask(client, text):
    return client.complete(PROMPT + text, temperature=TEMPERATURE)
""",
        "scoring/text.py": '''\
import re
from dataclasses import dataclass

WORD = re.compile(r"[a-z]+")


@dataclass
class Options:
    lower: bool = True
    limit: int = 512


def tokens(text, options=Options()):
    """Split."""
    if options.lower:
        text = text.lower()
    found = WORD.findall(text)
    return found[: options.limit]


def sentiment(text):
    try:
        return round(len(tokens(text)) / 10, 2)
    except ValueError:
        return None
''',
        "models/scaler.dvc": """\
outs:
- md5: aaaa1111
  path: scaler.pkl
""",
        "warehouse/models/order_features.sql": """\
select order_id, avg(amount) as mean_amount
from orders
where status = 'paid'
group by order_id
""",
        "k8s/model.yaml": """\
spec:
  containers:
  - name: model
    image: registry/risk-model:1.2
    resources:
      memory: 2Gi
""",
        "scoring/serve.py": '''\
from scoring.api import score
from scoring.text import sentiment
from scoring.llm import ask


def predict(order, client):
    """Score an order."""
    return score(order) + sentiment(order["note"]) + ask(client, order["note"])
''',
        "notebooks/explore.ipynb": """\
{"cells": [{"cell_type": "code", "source": ["x = 1\\n"], "outputs": []}], "metadata": {}}
""",
    },
    entry="scoring.serve:predict",
    harmless=(
        Edit(name="readme", path="README.md", old="Scoring", new="Scoring service", subject="Update readme"),
        Edit(
            name="memory",
            path="k8s/model.yaml",
            old="      memory: 2Gi",
            new="      memory: 4Gi",
            subject="More memory",
        ),
        Edit(
            name="notebook",
            path="notebooks/explore.ipynb",
            old='"code", "source": ["x = 1\\n"], "outpu',
            new='"code", "source": ["x = 2\\n"], "outpu',
            subject="Explore more",
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
            name="fastapi",
            path="requirements.txt",
            old="fastapi==0.100",
            new="fastapi==0.110",
            subject="Bump fastapi",
        ),
        Edit(
            name="ttl",
            path="config/production.yaml",
            old="cache_ttl: 60",
            new="cache_ttl: 90",
            subject="Cache longer",
        ),
        Edit(
            name="typing",
            path="scoring/rates.py",
            old="def rate_of(country):",
            new="def rate_of(country: str) -> float:",
            subject="Annotate rates",
        ),
    ),
    mistakes=(
        Mistake(
            edit=Edit(
                name="prompt",
                path="prompts/system.txt",
                old="a careful judge",
                new="a strict judge",
                subject="Reword prompt",
            ),
            times=0.7,
        ),
        Mistake(
            edit=Edit(
                name="temperature",
                path="scoring/llm.py",
                old="TEMPERATURE = 0.0",
                new="TEMPERATURE = 1.0",
                subject="More variety",
            ),
            times=1.2,
        ),
        Mistake(
            edit=Edit(
                name="dataclass",
                path="scoring/text.py",
                old="limit: int = 512",
                new="limit: int = 64",
                subject="Shorter inputs",
            ),
            times=0.6,
        ),
        Mistake(
            edit=Edit(
                name="regex",
                path="scoring/text.py",
                old="[a-z]+",
                new="[a-z]{2,}",
                subject="Skip single letters",
            ),
            times=0.8,
        ),
        Mistake(
            edit=Edit(
                name="round", path="scoring/text.py", old="/ 10, 2", new="/ 10, 0", subject="Round scores"
            ),
            times=0.9,
        ),
        Mistake(
            edit=Edit(
                name="lower",
                path="scoring/text.py",
                old="lower: bool = True",
                new="lower: bool = False",
                subject="Keep case",
            ),
            times=0.5,
        ),
        Mistake(
            edit=Edit(
                name="except",
                path="scoring/text.py",
                old="return None",
                new="return 0.0",
                subject="No missing scores",
            ),
            times=0.8,
        ),
        Mistake(
            edit=Edit(
                name="dvc", path="models/scaler.dvc", old="aaaa1111", new="bbbb2222", subject="Refit scaler"
            ),
            times=1.6,
        ),
        Mistake(
            edit=Edit(
                name="dbt",
                path="warehouse/models/order_features.sql",
                old="where status = 'paid'\n",
                new="",
                subject="All orders",
            ),
            times=1.3,
        ),
        Mistake(
            edit=Edit(
                name="image",
                path="k8s/model.yaml",
                old="risk-model:1.2",
                new="risk-model:1.3",
                subject="Roll model 1.3",
            ),
            times=1.5,
        ),
        Mistake(
            edit=Edit(
                name="history",
                path="scoring/features.py",
                old="total += each",
                new="total = each",
                subject="Clean up recent",
            ),
            times=0.2,
        ),
        Mistake(
            edit=Edit(
                name="slice",
                path="scoring/features.py",
                old="history[-WINDOW:]",
                new="history[:WINDOW]",
                subject="Clean up",
            ),
            times=0.7,
        ),
        Mistake(
            edit=Edit(
                name="wrongcol",
                path="scoring/features.py",
                old='frame["age_days"].fillna(0)',
                new='frame["hour"].fillna(0)',
                subject="Refactor features",
            ),
            times=0.7,
        ),
    ),
)
