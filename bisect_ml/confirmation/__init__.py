"""Which incidents stand up against the raw rows around them.

A detector that looks at many series of averages meets a few that move by chance, by season or by who
happened to ask. So each incident is tested once more, strongest first, on the rows themselves: ranked
among the rows of their own cell (slice values and time of day), where a change of traffic cannot move
them, and ranked among all rows of that time of day, where it can. The first test is for code, the
second for a shift of the mix that is worth reporting although no code did it. What moved in one slice is
drowned among all rows, so the slices that showed it best are tested by themselves too; and so are the few
rows that lie far beyond the others, which ranks hardly see.
"""

from bisect_ml.confirmation.confirming import confirm

__all__ = ["confirm"]
