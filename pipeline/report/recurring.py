"""What a class of problems calls for: joint handling, going on, priority, a mechanism (R-DUP-04…08)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipeline.due import standing
from pipeline.profile import Profile
from pipeline.records import Reply, Submission, Theme
from pipeline.report.results import Results

OPEN = frozenset(("正在解决", "列入计划", "部分解决"))
CONTENT = ("满意", "基本满意", "比较满意")
MECHANISMS = "机制词"
BARE = 40
OFTEN, BROAD = 3, 2
"""Priority is proposed from so many items over more than one year, or from so many places."""


@dataclass(frozen=True, slots=True)
class Case:
    """One class with what was answered: `answers` pairs members with their replies, `open` counts those left open by
    their label, `overdue` the promises whose day is past; `advice` says what to do and why."""

    theme: Theme
    members: tuple[Submission, ...]
    answers: tuple[tuple[Submission, Reply], ...]
    open: int
    promises: int
    overdue: int
    advice: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """Recurrence × breadth × what is unresolved: the order in which a leader should read them."""
        proposers = {name for s in self.members for name in s.proposers}
        breadth = 1 + max(len(self.theme.places), len(proposers)) / 4
        return len(self.theme.years or (0,)) * len(self.members) * breadth * (1 + self.open + self.overdue)


def cases(results: Results, today: date) -> list[Case]:
    """All classes, heaviest first; without the office's rules there is no advice."""
    answers: dict[str, list[Reply]] = {}
    for reply in results.replies:
        if asked := results.answered(reply):
            answers.setdefault(asked.id, []).append(reply)
    found = [_case(theme, results, answers, today) for theme in results.themes]
    return sorted(found, key=lambda case: (-case.weight, case.theme.id))


def alone(results: Results) -> Iterator[tuple[Submission, str]]:
    """The submissions of the inbox that are in no class, each with the reason."""
    grouped = {member for theme in results.themes for member in theme.members}
    nearest: dict[str, tuple[float, str]] = {}
    for match in results.matches:
        for one, other in ((match.left, match.right), (match.right, match.left)):
            nearest[one] = max(nearest.get(one, (0.0, "")), (match.score, other))
    for submission in results.inbox():
        if submission.id not in grouped:
            yield submission, _why_alone(submission, results.submission.get(nearest.get(submission.id, (0.0, ""))[1]))


def _why_alone(submission: Submission, nearest: Submission | None) -> str:
    if nearest is not None:
        return f"单件：只与《{nearest.title}》相似，该件已归入与它更近的一组"
    if len(submission.text) - len(submission.title) < BARE:
        return "单件：只有标题或一两句话，可比的文字太少，没有找到同类"
    return "单件：各年都没有内容与它足够相近的件"


def _case(theme: Theme, results: Results, replies: dict[str, list[Reply]], today: date) -> Case:
    members = tuple(results.submission[m] for m in theme.members if m in results.submission)
    answers = tuple((s, reply) for s in members for reply in replies.get(s.id, ()))
    letters = {reply.id for _, reply in answers}
    promises = [owed for owed in results.promises if owed.reply_id in letters]
    overdue = sum(standing(owed, today)[0] == "到期未见后续" for owed in promises)
    profile = results.profile
    if profile is None:
        return Case(theme, members, answers, 0, len(promises), overdue)
    left = sum(bool(profile.meanings(reply.label) & OPEN) for _, reply in answers)
    case = Case(theme, members, answers, left, len(promises), overdue)
    told = (*_joint(case, results), *_again(case, profile), *_priority(case), *_mechanism(case, profile))
    return replace(case, advice=told)


def _joint(case: Case, results: Results) -> Iterator[str]:
    """Items of the present inbox about one matter can be handled together."""
    present = [s for s in case.members if results.part(s.document_id) == "inbox"]
    if len(present) > 1:
        yield f"并案：本次 {len(present)} 件可合并办理，须分别答复每位提出人"


def _again(case: Case, profile: Profile) -> Iterator[str]:
    """Asked again after a reply that left it open, or that the proposer was content with."""
    last = max(case.theme.years, default=0)
    for asked, reply in reversed(case.answers):
        said = reply.satisfaction or asked.satisfaction
        left = bool(profile.meanings(reply.label) & OPEN)
        if asked.year and asked.year < last and (left or said.startswith(CONTENT)):
            why = f"答复为{reply.label}类" if left else "答复后表示满意"
            yield f"续办：{asked.year}年{why}，{last}年又提"
            return


def _priority(case: Case) -> Iterator[str]:
    years, places = len(case.theme.years), len(case.theme.places)
    if years > 1 and (len(case.members) >= OFTEN or places >= BROAD) and (case.open or case.overdue):
        told = [f"{years}年提出{len(case.members)}件"]
        told += [f"涉及{places}处"] if places > 1 else []
        told += [f"{case.open}件答复没有办结"] if case.open else []
        told += [f"{case.overdue}项承诺到期未见后续"] if case.overdue else []
        yield "重点督办：" + "，".join(told)


def _mechanism(case: Case, profile: Profile) -> Iterator[str]:
    """Two years or more, and every reply speaks of its own item only."""
    words = profile.pattern(MECHANISMS)
    if len(case.theme.years) > 1 and case.answers and not any(words.search(reply.text) for _, reply in case.answers):
        yield f"长效机制：{len(case.theme.years)}年来逐件答复，没有一份提到制度、机制、办法或规划"
