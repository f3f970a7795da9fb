"""The shapes in which deploy logs come, one module per system; a new one is a module and a line here.

A log is recognised by its first record. What no system's format fits is read as a table.
"""

from bisect_ml.sources.deploy_formats import argo, cdevents, github, gitlab, helm, kubernetes, mlflow, sentry
from bisect_ml.sources.deploy_formats.base import DeployRow, Format, Reading, Record

FORMATS: tuple[Format, ...] = (
    github.DEPLOYMENTS,
    github.RELEASES,
    gitlab.DEPLOYMENTS,
    argo.HISTORY,
    kubernetes.REPLICA_SETS,
    helm.HISTORY,
    cdevents.EVENTS,
    mlflow.VERSIONS,
    sentry.RELEASES,
)

__all__ = ["FORMATS", "DeployRow", "Format", "Reading", "Record"]
