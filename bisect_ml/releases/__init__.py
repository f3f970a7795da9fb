"""From deploys to releases: which of them count, and what each put live and took out."""

from bisect_ml.releases.ancestry import Historian
from bisect_ml.releases.ranges import build_releases, within_paths
from bisect_ml.releases.selection import EVERY, aimed_at, select

__all__ = ["EVERY", "Historian", "aimed_at", "build_releases", "select", "within_paths"]
