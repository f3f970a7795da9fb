"""Running a command on the code of a commit: checkouts, environments, logs, and a cache of results."""
