"""Examples that are answered otherwise than before, looked for among more than all versions can be asked."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bisect_ml.evidence.answers import Language, are_apart
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.listening import Example
from bisect_ml.evidence.stages import Heard, Stage

_ENOUGH = 0.2
_STEPS, _MOST_MADE_UP = 150_000, 240
_FEWEST, _MOST, _SHARE = 3, 8, 0.2


def sought(stage: Stage, known: Mapping[str, str], heard: Heard) -> list[Example]:
    """Return examples that the version before all suspects answers otherwise than what serves now.

    They are looked for where few of the stage's own are answered otherwise, among all calls that tests make
    and many that are made up: these two versions alone are asked, so more can be asked than of each commit.
    That is differential testing (McKeeman, *Differential testing for software*, Digital Technical Journal
    10.1, 1998).

    Args:
        stage: The entry points, and what they are asked anyway.
        known: Its tree, and what else holds tests.
        heard: The calls that tests make.
    """
    if stage.apart >= _ENOUGH:
        return []
    most = min(_MOST, max(_FEWEST, int(_SHARE * len(stage.asked))))
    trees = (stage.earlier, stage.tree)
    ends = [stage.language.runs(tree) for tree in trees]
    asked = {_shown(each) for each in stage.asked}
    places = {
        callee: [stage.named(runs, tree, callee) for runs, tree in zip(ends, trees, strict=True)]
        for callee in heard
    }
    found: list[Example] = []
    for example in _more(stage.language, known, heard):
        if len(found) >= most or sum(runs.machine.taken for runs in ends) > _STEPS:
            break
        if (shown := _shown(example)) in asked:
            continue
        asked.add(shown)
        there = [replace(example, callee=callee) for callee in places[example.callee]]
        if are_apart(*map(stage.language.answer, ends, there)):
            found.append(replace(example, is_sought=True))
    return found


def _more(language: Language, known: Mapping[str, str], heard: Heard) -> Iterator[Example]:
    for calls in heard.values():
        yield from calls
    for callee, calls in heard.items():
        for attempt in language.made_up(known, callee, _MOST_MADE_UP, calls):
            yield from attempt


def _shown(example: Example) -> tuple[Callee, str, str]:
    return example.callee, example.told(), str(example.made)
