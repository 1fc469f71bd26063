"""Which letters a rule is about: a letter without promises neither meets nor fails a rule on promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.due import handed_over
from pipeline.profile import Meaning, Profile
from pipeline.records import Audit, Reply, State, Submission
from pipeline.report.handled import UNCLEAR
from pipeline.report.results import Results

OPEN: frozenset[Meaning] = frozenset({"正在解决", "列入计划"})
REFUSED: frozenset[Meaning] = frozenset({"条件不具备", "不能解决", "作参考"})
DONE: frozenset[Meaning] = frozenset({"已解决"})


@dataclass(frozen=True, slots=True)
class Letter:
    """One audited letter with what decides on which rules it falls under."""

    reply: Reply
    audit: Audit
    asked: Submission | None
    profile: Profile

    def means(self, *among: frozenset[Meaning]) -> bool:
        """Whether its label may mean one of these in the office's family."""
        meanings = self.profile.meanings(self.reply.label)
        return any(meanings & some for some in among)

    def has(self, *states: State) -> bool:
        """Whether an ask of its item is in one of these states."""
        return any(covered.state in states for covered in self.audit.coverage)

    def promises(self) -> bool:
        """Whether it promises anything."""
        return self.has("列入计划") or any(not promise.done for promise in self.reply.commitments)


def _promise(letter: Letter) -> bool:
    return letter.promises()


def _refusal(letter: Letter) -> bool:
    return letter.has("解释不采纳") or letter.means(REFUSED)


def _claim(letter: Letter) -> bool:
    return letter.has("已采纳落实") or letter.means(DONE) or any(p.done for p in letter.reply.commitments)


def _asks(letter: Letter) -> bool:
    return letter.asked is not None and bool(letter.asked.asks)


def _paired(letter: Letter) -> bool:
    return letter.asked is not None


def _timed(letter: Letter) -> bool:
    asked = letter.asked
    return bool(asked and letter.reply.day and handed_over(asked, letter.profile.clock))


def _signed_by_many(letter: Letter) -> bool:
    return letter.asked is not None and len((*letter.asked.proposers, *letter.asked.cosigners)) > 1


SCOPE: Mapping[str, Callable[[Letter], bool]] = {
    **dict.fromkeys(("P01", "P02", "P03", "P04", "P05", "P06", "P08"), _promise),
    "P07": lambda letter: any(promise.deadline_to for promise in letter.reply.commitments),
    "P09": _claim,
    "P10": _refusal,
    "P11": lambda letter: letter.has("转上级/其他单位"),
    "P12": _promise,
    **dict.fromkeys(("C01", "C02"), _paired),
    **dict.fromkeys(("C03", "C04", "C05", "C07", "C08", "C09", "C10"), _asks),
    "L01": lambda letter: letter.means(DONE),
    "L02": lambda letter: letter.means(OPEN, REFUSED),
    "L03": lambda letter: letter.means(OPEN),
    "L04": lambda letter: letter.means(REFUSED),
    "X01": _timed,
    "X02": _timed,
    "X03": lambda letter: bool(letter.asked and letter.asked.co),
    "X04": _signed_by_many,
    "X05": _paired,
    "X06": _promise,
    "X07": lambda letter: bool(letter.reply.satisfaction or (letter.asked and letter.asked.satisfaction)),
}
"""By rule; a rule that is not named here is about every letter, a format rule about every letter that is one."""


def letters(results: Results) -> list[Letter]:
    """The audited letters of the run that were read well enough to be judged."""
    if results.profile is None:
        return []
    return [
        Letter(reply, results.audit[reply.id], results.answered(reply), results.profile)
        for reply in results.letters()
        if reply.id in results.audit and reply.sure >= UNCLEAR
    ]


def falls_under(letter: Letter, rule: str) -> bool:
    """Whether a letter can meet or fail a rule; one that failed it surely does."""
    if any(finding.rule == rule for finding in letter.audit.findings):
        return True
    joining = letter.reply.kind == "会办意见"
    if joining != (rule == "F16"):
        return False
    if rule.startswith("F"):
        return not letter.reply.from_register
    return SCOPE[rule](letter) if rule in SCOPE else True
