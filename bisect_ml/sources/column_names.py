"""Names that columns of prediction logs usually have.

Each list is in the order of preference. Names are compared as `parted` writes them, and with `_` for `.`.
"""

import re

# fmt: off
TIMESTAMP_NAMES = (
    "timestamp", "ts", "event_timestamp", "event_time", "prediction_timestamp", "prediction_time",
    "predicted_at", "scored_at", "served_at", "logged_at", "request_time", "request_timestamp", "time",
    "datetime", "date_time", "created_at", "created", "received_at", "inserted_at", "updated_at", "at", "t",
    "date", "day", "dt", "ds",
)
PREDICTION_NAMES = (
    "prediction", "y_pred", "y_hat", "yhat", "predicted", "pred", "prediction_score", "predicted_score",
    "model_score", "score", "predicted_value", "prediction_value", "predicted_probability",
    "prediction_probability", "probability", "proba", "prob", "y_prob", "y_score", "model_output", "output",
    "predicted_class", "predicted_label", "prediction_label", "class", "result", "value",
    "metric_value", "metric",
)
VERSION_NAMES = (
    "model_version", "model_sha", "version", "code_version", "app_version", "service_version", "sha",
    "git_sha", "commit_sha", "git_commit", "commit", "commit_hash", "revision", "git_revision", "rev",
    "release", "release_version", "build", "build_id", "image_tag", "image", "deploy_sha", "deployment",
    "model_hash",
)
# The truth that arrives later says nothing about what the model put out.
TRUTH_NAMES = (
    "y_true", "y", "truth", "ground_truth", "target", "actual", "actuals", "label", "true_label", "outcome",
    "observed",
)
# fmt: on


def parted(name: str) -> str:
    """Write a name in small letters with `_` between its words: `createdAt`, `Created At` as `created_at`."""
    humps = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\s-]+", "_", humps).lower()
