"""对照要求: which points of speeches and notices the office's replies meet, with rates (R-SPK-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.figures import quantities
from pipeline.profile import Profile, Yardstick
from pipeline.records import Demand, Finding, Reply, Speech
from pipeline.report.handled import handled
from pipeline.report.rates import Rate, rates, unevidenced
from pipeline.report.results import Results, natural
from pipeline.report.scope import Letter, falls_under, letters
from pipeline.report.yardstick import pattern, points

Outcome = Literal["达到", "未达到", "部分达到", "见数值", "无法检查"]
MOST_NAMED = 8
SOON = 14
"""A rate stands within so many characters after its name (满意率、见面率均要达到95%)."""
NOTHING_CHECKS, OFF_TOPIC = "规则目录里没有检查这一点的规则", "不是对办理、答复的要求"
HANDLING = "办理用语"


@dataclass(frozen=True, slots=True)
class Check:
    """One point of one demand against the letters of the run: `by` are the rules, or the rate, that check it.

    `met` of `checked` letters (or items, for a rate) meet it; `unmet` are the letters that do not. Where nothing can
    be told, `checked` is 0 and `why` says what is missing.
    """

    speech: Speech
    demand: Demand
    point: str
    by: tuple[str, ...]
    checked: int
    met: int
    outcome: Outcome
    why: str
    unmet: tuple[Reply, ...] = ()

    @property
    def share(self) -> float | None:
        """The share that meets it, in 0–1."""
        return self.met / self.checked if self.checked else None


def checks(results: Results) -> list[Check]:
    """Every demand of every speech and notice, in their order, against the letters of the present run."""
    if results.profile is None:
        return []
    items = handled(results)
    desk = _Desk(results.profile, letters(results), {r.measure.name: r for r in rates(items, unevidenced(items))})
    ordered = sorted(results.speeches, key=lambda speech: natural(speech.source))
    return [check for speech in ordered for demand in speech.demands for check in desk.check(speech, demand)]


@dataclass(frozen=True, slots=True)
class _Desk:
    profile: Profile
    letters: list[Letter]
    rates: Mapping[str, Rate]

    def handles(self, speech: Speech) -> bool:
        """Whether a speech is on handling and answering: by its title, or by half of what it demands."""
        about = self.profile.pattern(HANDLING)
        named = sum(bool(about.search(demand.text)) for demand in speech.demands)
        return bool(about.search(speech.title)) or 2 * named > len(speech.demands) > 1

    def check(self, speech: Speech, demand: Demand) -> Iterator[Check]:
        on_topic = self.handles(speech) or bool(self.profile.pattern(HANDLING).search(demand.text))
        found = points(demand, self.profile) if on_topic else []
        if not found:
            why = NOTHING_CHECKS if on_topic else OFF_TOPIC
            yield Check(speech, demand, "", (), 0, 0, "无法检查", why)
        for point in found:
            if not point.rules and not point.rates:
                yield Check(speech, demand, point.name, (), 0, 0, "无法检查", point.note)
            if point.rules:
                yield self._by_rules(speech, demand, point)
            for name in point.rates:
                yield self._by_rate(speech, demand, point, self.rates[name])

    def _by_rules(self, speech: Speech, demand: Demand, point: Yardstick) -> Check:
        known = [self.profile.rules[rule] for rule in point.rules if rule in self.profile.rules]
        used = tuple(rule.id for rule in known if rule.enabled)
        under = [letter for letter in self.letters if any(falls_under(letter, rule) for rule in used)]
        if not under:
            why = "没有适用的答复" if used else f"规则 {'、'.join(point.rules)} 没有启用"
            return Check(speech, demand, point.name, used, 0, 0, "无法检查", why)
        unmet = tuple(letter.reply for letter in under if any(_fails(f, used) for f in letter.audit.findings))
        met = len(under) - len(unmet)
        outcome: Outcome = "达到" if not unmet else "部分达到" if met else "未达到"
        return Check(speech, demand, point.name, used, len(under), met, outcome, point.note, unmet)

    def _by_rate(self, speech: Speech, demand: Demand, point: Yardstick, rate: Rate) -> Check:
        name, wanted = (rate.measure.name,), _wanted(demand, point)
        if rate.value is None:
            return Check(speech, demand, point.name, name, 0, 0, "无法检查", rate.missing)
        outcome: Outcome = "见数值" if wanted is None else "达到" if rate.value >= wanted else "未达到"
        why = rate.measure.definition if wanted is None else f"要求 {wanted:.1%}，现为 {rate.value:.1%}"
        return Check(speech, demand, point.name, name, rate.denominator, rate.numerator, outcome, why)


def named(by: tuple[str, ...], profile: Profile) -> str:
    """What checks a point, as people read it: each rule with its name, a whole family in short."""
    if len(by) > MOST_NAMED and len({rule[0] for rule in by}) == 1:
        return f"{by[0][0]} 类规则 {len(by)} 条"
    return "、".join(f"{rule} {profile.rules[rule].name}" if rule in profile.rules else rule for rule in by)


def _fails(finding: Finding, rules: tuple[str, ...]) -> bool:
    """Whether a finding is a fault under one of the rules; hints on format are none."""
    return finding.rule in rules and not (finding.severity == "hint" and finding.rule.startswith("F"))


def _wanted(demand: Demand, point: Yardstick) -> float | None:
    """The rate that a demand sets for a point, in 0–1: the first one soon after the point's words."""
    found = [q for q in quantities(demand.text) if q.kind == "rate"]
    for named in pattern(point.needs[0]).finditer(demand.text):
        if near := [q for q in found if 0 <= q.start - named.end() <= SOON]:
            return near[0].value / 100
    return None
