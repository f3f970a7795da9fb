"""Where the outer world comes in: prediction logs, deploy logs and git."""

from bisect_ml.sources.deploy_times import parse_moment
from bisect_ml.sources.deploys import DeployLog, read_deploys
from bisect_ml.sources.git import Repository
from bisect_ml.sources.logs import PredictionLog, VersionSpan
from bisect_ml.sources.opening import open_predictions
from bisect_ml.sources.repositories import Repositories
from bisect_ml.sources.version_deploys import check_against_versions, deploys_from_versions

__all__ = [
    "DeployLog",
    "PredictionLog",
    "Repositories",
    "Repository",
    "VersionSpan",
    "check_against_versions",
    "deploys_from_versions",
    "open_predictions",
    "parse_moment",
    "read_deploys",
]
