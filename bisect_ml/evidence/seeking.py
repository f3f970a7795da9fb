"""Examples that are answered otherwise than before, looked for among more than all versions can be asked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from bisect_ml.evidence.answers import are_apart
from bisect_ml.evidence.clues import Clues
from bisect_ml.evidence.directed import directed, in_turns
from bisect_ml.evidence.listening import Example
from bisect_ml.evidence.stages import Heard, Stage
from bisect_ml.interpreter import Stopped

_ENOUGH = 0.2
_STEPS, _MOST_MADE_UP = 250_000, 240
_MOST_LED, _MOST_OF_A_COMMIT = 600, 120
_FEWEST, _MOST, _MOST_OF_ONE, _SHARE = 3, 8, 3, 0.2


def sought(stage: Stage, known: Mapping[str, str], heard: Heard, named: Sequence[Clues]) -> list[Example]:
    """Return examples that the version before all suspects answers otherwise than what serves now.

    They are looked for where few of the stage's own are answered otherwise, among all calls that tests make,
    those that are made of what changed lines name, and many that are made up: these two versions alone are
    asked, so more can be asked than of each commit. That is differential testing (McKeeman, *Differential
    testing for software*, Digital Technical Journal 10.1, 1998).

    Args:
        stage: The entry points, and what they are asked anyway.
        known: Its tree, and what else holds tests.
        heard: The calls that tests make.
        named: What the changed lines of each commit name.
    """
    if stage.apart >= _ENOUGH:
        return []
    most = min(_MOST, max(_FEWEST, int(_SHARE * len(stage.asked))))
    trees = (stage.earlier, stage.tree)
    ends = [stage.language.runs(tree) for tree in trees]
    asked = {(each.callee, each.shown()) for each in stage.asked}
    places = {
        callee: [stage.named(runs, tree, callee) for runs, tree in zip(ends, trees, strict=True)]
        for callee in heard
    }
    found: list[Example] = []
    taken = Counter[int]()
    for source, example in _more(stage, known, heard, named):
        if len(found) >= most or sum(runs.machine.taken for runs in ends) > _STEPS:
            break
        # What is too long to be written is none.
        with suppress(Stopped):
            if taken[source] >= _MOST_OF_ONE or (shown := (example.callee, example.shown())) in asked:
                continue
            asked.add(shown)
            there = [replace(example, callee=callee) for callee in places[example.callee]]
            if are_apart(*map(stage.language.answer, ends, there)):
                found.append(replace(example, is_sought=True))
                taken[source] += 1
    return found


def _more(
    stage: Stage, known: Mapping[str, str], heard: Heard, named: Sequence[Clues]
) -> Iterator[tuple[int, Example]]:
    """Yield all that is heard, then what each commit leads to and what is made up, in turns.

    Each comes with the number of its source: one that gives many must not keep others from being found.
    """
    like = sorted(stage.asked, key=lambda each: not each.is_heard)
    made_up = [
        attempt
        for callee, calls in heard.items()
        for attempt in stage.language.made_up(known, callee, _MOST_MADE_UP, calls)
    ]
    a_commit = min(_MOST_OF_A_COMMIT, _MOST_LED // max(1, len(named)))
    led = [directed(like, clues, a_commit) for clues in named]
    sources = [[each for calls in heard.values() for each in calls], *made_up, *led]
    yield from ((0, each) for each in sources[0])
    yield from in_turns([[(number, each) for each in row] for number, row in enumerate(sources[1:], 1)])
