"""Where the outer world comes in: prediction logs, deploy logs and git."""

from bisect_ml.sources.deploys import DeployLog, read_deploys
from bisect_ml.sources.git import Repository

__all__ = ["DeployLog", "Repository", "read_deploys"]
