"""Which submission a reply answers: by register row, then number, kind and session, then title; never guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from pipeline.figures import number as value_of
from pipeline.records import Pair, Reply, Submission
from pipeline.text import grams, normal

_Alike = Callable[[str], list[tuple[float, Submission]]]
_DIGITS = re.compile(r"\d+")
_ORDINAL = re.compile(r"第?\s*([〇零一二三四五六七八九十百\d]+)\s*(届|次)")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_FORM = re.compile(r"^(?:对|关于)+|(?:的|之)?(?:建议|提案|议案|意见|答复|复函|函|会办)+$")
_ALIKE = 0.8
_CLEAR = 0.08
_BAG = 0.95
_SURE = 0.9
_CANDIDATES = 20


def pair(replies: Sequence[Reply], submissions: Sequence[Submission]) -> list[Pair]:
    """One `Pair` per reply, in order; `submission_id` None with the reason in `how` where nothing tells (issue 2)."""
    book = _Book(submissions)
    return [_pair(reply, book) for reply in replies]


class _Book:
    """The submissions by source, number and rare title grams."""

    def __init__(self, submissions: Sequence[Submission]) -> None:
        self.by_source = {source: s for s in submissions for source in (s.source, *s.also)}
        self.by_number: dict[str, list[Submission]] = defaultdict(list)
        self.by_gram: dict[str, list[Submission]] = defaultdict(list)
        for submission in submissions:
            for digits in _numbers(submission.number):
                self.by_number[digits].append(submission)
            for gram in set(grams(title_core(submission.title), 3, 3)):
                self.by_gram[gram].append(submission)

    def alike(self, title: str) -> list[tuple[float, Submission]]:
        """The submissions with a like title, best first; only those sharing the rarest grams are compared."""
        core = title_core(title)
        pools = sorted((self.by_gram[g] for g in set(grams(core, 3, 3)) if g in self.by_gram), key=len)
        near: dict[str, Submission] = {}
        for pool in pools:
            if len(near) + len(pool) > 10 * _CANDIDATES and near:
                break
            near.update((s.id, s) for s in pool)
        found = [(title_likeness(title, s.title), s) for s in near.values()]
        return sorted(found, key=lambda item: -item[0])[:_CANDIDATES]


def title_core(title: str) -> str:
    """A title without its form words: 关于修建…路的建议 → 修建…路, in normal form."""
    core = normal(title)
    previous = ""
    while core != previous:
        previous, core = core, _FORM.sub("", core)
    return core


def bare_number(number: str) -> str:
    """The digits of an item's number without leading zeros (第007号 → 7); empty where it has none."""
    return "".join(re.findall(r"\d", number)).lstrip("0")


def title_likeness(left: str, right: str) -> float:
    """How alike two titles are, 0–1; a title that shortens the other counts as nearly the same (F07)."""
    a, b = title_core(left), title_core(right)
    if not a or not b:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    kept = shared / min(len(a), len(b)) if min(len(a), len(b)) >= 6 else 0.0
    bag = sum((Counter(a) & Counter(b)).values()) / min(len(a), len(b))
    turned = 0.9 if bag > _BAG and min(len(a), len(b)) >= 8 else 0.0
    return max(matcher.ratio(), 0.95 * kept if kept > 0.9 else 0.0, turned)


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(digits.lstrip("0") or "0" for digits in _DIGITS.findall(text)[-1:])


def _pair(reply: Reply, book: _Book) -> Pair:
    row, _, tail = reply.source.rpartition("/")
    if tail == "答复" and row in book.by_source:
        return Pair(reply.id, book.by_source[row].id, "登记表同一行")
    numbered = [cite for cite in reply.cites if cite.number]
    if len(numbered) < 2:
        return _single(reply, book)
    found = [_single(replace(reply, title="", cites=(cite,)), book) for cite in numbered]
    known = list(dict.fromkeys(pair.submission_id for pair in found if pair.submission_id))
    how = "；".join(f"第{cite.number}号：{pair.how}" for cite, pair in zip(numbered, found, strict=True))
    return Pair(reply.id, known[0] if known else None, how, tuple(known[1:]))


def _single(reply: Reply, book: _Book) -> Pair:
    by_number, why = _by_number(reply, book)
    titles = _titles(reply)
    if by_number is not None:
        return _checked(reply, by_number, titles, book)
    by_title, how = _by_title(titles, book.alike)
    if by_title is not None:
        return Pair(reply.id, by_title.id, how)
    return Pair(reply.id, None, "；".join(reason for reason in (why, how) if reason))


def _titles(reply: Reply) -> tuple[str, ...]:
    cited = tuple(cite.title for cite in reply.cites if cite.title)
    return cited or ((reply.title,) if reply.title else ())


def _by_number(reply: Reply, book: _Book) -> tuple[Submission | None, str]:
    """The one submission with the printed number, kind and session; else None and why."""
    cites = [(cite.number, cite.session, cite.kind) for cite in reply.cites if cite.number]
    cites = cites or [(reply.number, reply.session, "")]
    cites = [cite for cite in cites if cite[0]]
    if not cites:
        return None, "答复中没有编号"
    number, session, kind = cites[0]
    same = [s for digits in _numbers(number) for s in book.by_number.get(digits, [])]
    if not same:
        return None, f"没有编号为“{number}”的建议、提案"
    fitting = [s for s in same if _same_kind(kind or reply.title, s) and _same_session(session or reply.session, s)]
    if len(fitting) == 1:
        return fitting[0], ""
    if not fitting:
        return None, f"编号“{number}”的届次或类型不符"
    best = [s for s in fitting if any(title_likeness(t, s.title) >= _ALIKE for t in _titles(reply))]
    return (best[0], "") if len(best) == 1 else (None, f"编号“{number}”对应多件，无法确定是哪一件")


def _checked(reply: Reply, found: Submission, titles: Iterable[str], book: _Book) -> Pair:
    """The pair by number, with a word where the cited title speaks for another submission."""
    titles = [title for title in titles if title_core(title)]
    if not titles or not title_core(found.title):
        return Pair(reply.id, found.id, "编号相同")
    if max(title_likeness(title, found.title) for title in titles) >= 0.5:
        return Pair(reply.id, found.id, "编号、标题相符")
    other, _ = _by_title(titles, book.alike)
    if other is not None and other.id != found.id:
        if max(title_likeness(title, other.title) for title in titles) >= _SURE:
            return Pair(reply.id, other.id, f"按标题；所写编号是《{found.title}》的，编号与标题矛盾，请核对")
        return Pair(reply.id, None, f"编号指向《{found.title}》，标题却像《{other.title}》，请人工核对")
    if not any(cite.title for cite in reply.cites):
        return Pair(reply.id, found.id, "编号相同（答复未写出标题）")
    return Pair(reply.id, found.id, f"编号相同，但标题“{titles[0]}”与《{found.title}》不符，请核对")


def _by_title(titles: Iterable[str], alike: _Alike) -> tuple[Submission | None, str]:
    ranked = sorted((item for title in titles for item in alike(title)), key=lambda item: -item[0])
    if not ranked or ranked[0][0] < _ALIKE:
        return None, "没有标题相近的建议、提案"
    top = ranked[0]
    rivals = [s for score, s in ranked if s.id != top[1].id and score > top[0] - _CLEAR]
    if rivals:
        return None, f"标题与多件相近（《{top[1].title}》《{rivals[0].title}》），无法确定"
    return top[1], "标题相同" if top[0] > 0.99 else "标题相近"


def _same_kind(cited: str, submission: Submission) -> bool:
    says_proposal, says_suggestion = "提案" in cited, "建议" in cited or "议案" in cited
    if says_proposal == says_suggestion:
        return True
    return (submission.kind == "提案") == says_proposal


def _same_session(cited: str, submission: Submission) -> bool:
    """Whether term, meeting and year agree as far as both sides name them."""
    left, right = _session(cited), _session(submission.session)
    if submission.year is not None:
        right.setdefault("年", float(submission.year))
    return all(left[key] == right[key] for key in left.keys() & right.keys())


def _session(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for digits, mark in _ORDINAL.findall(text):
        value = value_of(digits)
        if value is not None:
            found.setdefault(mark, value)
    year = _YEAR.search(text)
    if year:
        found["年"] = float(year.group())
    return found
