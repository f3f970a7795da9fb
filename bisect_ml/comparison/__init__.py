"""Two sets of predictions compared: effects, intervals, verdicts."""
