"""What became of every ask in the letter (domain §5-B): the lines that bear on it, and the state they put it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.audit.bearing import told_apart, weighed
from pipeline.audit.outcome import Borne, state
from pipeline.audit.passages import Line, Passage
from pipeline.audit.terms import Terms, own_words, shares_a_name, terms
from pipeline.audit.wording import Stance
from pipeline.profile import Profile
from pipeline.records import Ask, Coverage, Submission

_NAMED = 0.12
_OTHER_WORDS = 4
_FIRM: frozenset[Stance] = frozenset({"done", "begun", "planned", "promised", "refused", "passed_on"})


def coverage(
    submission: Submission | None,
    found: Sequence[Passage],
    profile: Profile,
    *,
    relevant: bool = True,
    day: date | None = None,
) -> tuple[Coverage, ...]:
    """One `Coverage` per ask, in order; empty where there is no submission or it names no ask (§5-B abstains).

    As many answered items as asks answer them one by one, if the letter is `relevant` at all.
    """
    if submission is None or not submission.asks:
        return ()
    asks = submission.asks
    if len(asks) == 1:
        told = terms(f"{submission.title}\n{asks[0].text}", profile)
        return (_covered(asks[0], told, _only(asks[0], told, found, profile, relevant=relevant), profile, day),)
    lines = weighed(submission, found, profile, in_order=relevant)
    return tuple(
        _covered(ask, told, own, profile, day)
        for ask, told, own in zip(asks, told_apart(submission, profile), lines, strict=True)
    )


def _only(ask: Ask, told: Terms, found: Sequence[Passage], profile: Profile, *, relevant: bool) -> list[Borne]:
    """The lines on a submission's only ask: the whole letter bears on it once it is about the matter at all."""
    lines = [line for passage in found for line in passage.lines]
    whole = "".join(passage.heading + passage.text for passage in found)
    named = not told.weights or told.share_in(whole) >= _NAMED or told.names(whole)
    related = relevant and (told.hints(whole) or shares_a_name(ask.text, whole, profile))
    if not (named or related or _brief(lines, whole, profile)):
        return []
    return [Borne(line, 1.0) for line in lines]


def _brief(lines: Sequence[Line], whole: str, profile: Profile) -> bool:
    """Whether a letter says something firm and too little besides to be about anything else (已办结、不属我局职责)."""
    firm = any(line.stance in _FIRM and line.acts for line in lines)
    return firm and len(own_words(whole, profile)) < _OTHER_WORDS


def _covered(ask: Ask, told: Terms, borne: Sequence[Borne], profile: Profile, day: date | None) -> Coverage:
    if not borne:
        return Coverage(ask.ordinal, "未回应")
    line = max((one.line for one in borne), key=lambda line: (line.stance in _FIRM, told.share_in(line.sentence.text)))
    said = line.sentence
    return Coverage(ask.ordinal, state(ask.text, borne, profile, day), said.text, said.start, said.end)
