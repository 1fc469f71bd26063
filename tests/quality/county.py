"""Scores on the demonstration county's gold, stage by stage, through the real files and the real chain."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import isnan
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.evaluate import agreement, audited
from pipeline.evaluate.audits import alike
from pipeline.evaluate.letters import of_gold
from pipeline.evaluate.marked import Marked
from pipeline.evaluate.recurrence import b_cubed
from pipeline.extract import extract, find_files
from pipeline.parse import parse
from pipeline.parse.merge import merge
from pipeline.profile import default_folder, load
from pipeline.records import Document, Match, Reply, Route, Speech, Submission, Theme
from pipeline.recur import matches, themes
from pipeline.route import Router, train
from pipeline.text import words

COUNTY = Path(__file__).parents[2] / "corpora" / "yunhe"
Gold = dict[str, Any]
AUDIT = {
    "问题准确": "审核.准确", "问题召回": "审核.召回", "问题F1": "审核.F1",
    "错误级准确": "审核.错误级准确", "错误级召回": "审核.错误级召回",
    "好答复不报错误": "审核.好答复不误报错误", "结论一致": "审核.结论一致",
    "诉求状态正确": "审核.诉求状态", "诉求状态宏F1": "审核.诉求状态宏F1",
    "承诺F1": "审核.承诺F1", "要素F1": "审核.要素F1", "时限日期正确": "审核.时限日期",
}  # fmt: skip
"""The measures of `banli evaluate audit` that have a floor, and their names there."""


@dataclass(frozen=True)
class Score:
    """One measured number with its cases and, where one was measured in the same run, a simple baseline."""

    name: str
    value: float
    cases: int
    baseline: float | None = None


@dataclass(frozen=True)
class County:
    """The whole county after all stages, joined to its gold by source; records are keyed by gold id."""

    gold: Mapping[str, Gold]
    documents: Mapping[str, Document]
    submissions: Mapping[str, Submission]
    replies: Mapping[str, Reply]
    speeches: Mapping[str, Speech]
    cold: Mapping[str, Route]
    trained: Mapping[str, Route]
    matches: list[Match]
    themes: list[Theme]


@cache
def gold() -> dict[str, Gold]:
    """The rows of the gold file by id."""
    lines = (COUNTY / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


@cache
def read() -> tuple[list[Document], list[Submission], list[Reply], list[Speech]]:
    """The county's files, read and parsed once for all scores."""
    profile = load(default_folder())
    documents = [d for d in extract(find_files(COUNTY / "files"), profile) if isinstance(d, Document)]
    records = parse(documents, profile)
    asked = merge(r for r in records if isinstance(r, Submission))
    replies = [r for r in records if isinstance(r, Reply)]
    return documents, asked, replies, [r for r in records if isinstance(r, Speech)]


def letters() -> list[Marked]:
    """The letters with what an audit should say of them."""
    _, asked, replies, _ = read()
    return of_gold(list(gold().values()), {**_by_gold(asked), **_by_gold(replies)})


@cache
def county() -> County:
    """Run every stage once."""
    profile = load(default_folder())
    documents, asked, replies, speeches = read()
    past = [s for s in asked if s.lead and s.year in (2023, 2024)]
    model = train(past, profile)
    cold = Router(profile).route(asked)
    units = {r.submission_id: r.lead for r in cold if r.lead} | {s.id: s.lead for s in asked if s.lead}
    found = matches(asked, None, units)
    return County(
        gold(),
        *(_by_gold(records) for records in (documents, asked, replies, speeches)),
        _by_gold(cold),
        _by_gold(Router(profile, model).route(asked)),
        found,
        themes(asked, found, units),
    )


def _by_gold(records: Iterable[Any]) -> dict[str, Any]:
    by_source = {f"files/{row['file']}": key for key, row in gold().items()}
    return {
        by_source[source]: r for r in records for source in (r.source, *getattr(r, "also", ())) if source in by_source
    }


def asked_gold() -> dict[str, Gold]:
    """The gold rows of submissions."""
    return {key: row for key, row in county().gold.items() if row["record"] == "submission"}


def answered_gold() -> dict[str, Gold]:
    """The gold rows of replies."""
    return {key: row for key, row in county().gold.items() if row["record"] == "reply"}


def scores() -> list[Score]:
    """Every score, in the order of the stages."""
    return [*reading(), *asks(), *routing(), *recurrence(), *auditing()]


def reading() -> Iterable[Score]:
    """Kinds and fields, as read from the real files."""
    world, asked, answered = county(), asked_gold(), answered_gold()
    kinds = [world.documents[k].kind == row["kind"] if k in world.documents else False for k, row in world.gold.items()]
    yield _share("识别.文种", kinds)
    for name in ("number", "title", "year", "session"):
        found = [getattr(world.submissions.get(k), name, None) == row[name] for k, row in asked.items()]
        yield _share(f"建议字段.{name}", found)
    names = [set(row["proposers"]) <= set(_people(world.submissions.get(k))) for k, row in asked.items()]
    yield _share("建议字段.proposers", names)
    for name in ("unit", "label", "number"):
        rows = [
            (world.replies.get(k), row["gold"].get(name, "")) for k, row in answered.items() if row["gold"].get(name)
        ]
        yield _share(f"答复字段.{name}", [getattr(reply, name, None) == value for reply, value in rows])
    days = [str(getattr(world.replies.get(k), "day", None)) == row["day"] for k, row in answered.items()]
    yield _share("答复字段.day", days)


def _people(submission: Submission | None) -> tuple[str, ...]:
    return (*submission.proposers, *submission.cosigners) if submission else ()


def asks() -> Iterable[Score]:
    """Asks found against asks marked; two agree if they share half of their characters or one holds the other."""
    hits = found = marked = 0
    for key, row in asked_gold().items():
        submission = county().submissions.get(key)
        machine = [ask.text for ask in submission.asks] if submission else []
        gold = row["gold"]["asks"]
        hits += sum(any(alike(ask, other) for other in machine) for ask in gold)
        found += sum(any(alike(other, ask) for ask in gold) for other in machine)
        marked += len(gold)
    total = sum(len(s.asks) for s in county().submissions.values())
    yield Score("诉求.召回", hits / marked, marked)
    yield Score("诉求.准确", found / total, total)


def routing() -> Iterable[Score]:
    """Lead units without history, then trained on 2023–2024 and tested on 2025, against the most frequent unit."""
    everybody = asked_gold()
    yield from _routes("分派.冷启动", county().cold, everybody)
    yield from _routes(
        "分派.学两年测第三年", county().trained, {k: r for k, r in everybody.items() if r["year"] == 2025}
    )


def _routes(name: str, routes: Mapping[str, Route], gold: Mapping[str, Gold]) -> Iterable[Score]:
    rows = [
        (routes[k], {row["gold"]["lead"], *row["gold"]["lead_ok"]}, row["gold"])
        for k, row in gold.items()
        if k in routes
    ]
    clear = [(route, right) for route, right, g in rows if g["lead"] and not g["needs_person"]]
    most = Counter(unit for _, right in clear for unit in right).most_common(1)[0][1] / len(clear)
    yield Score(f"{name}.首选", sum(r.candidates[0].name in ok for r, ok in clear) / len(clear), len(clear), most)
    top = [bool({c.name for c in route.candidates[:3]} & right) for route, right in clear]
    yield _share(f"{name}.前三", top)
    kept = [route.lead in right for route, right in clear if route.lead]
    yield _share(f"{name}.机器定的准确率", kept)
    yield Score(f"{name}.机器定的比例", len(kept) / len(clear), len(clear))
    open_cases = [route.needs_person for route, _, g in rows if g["needs_person"]]
    if open_cases:
        yield _share(f"{name}.该研判的找出", open_cases)


def recurrence() -> Iterable[Score]:
    """Pairs and themes against the planted ones; the baseline is plain whole-text TF-IDF at its best threshold."""
    world = county()
    gold_id = {submission.id: key for key, submission in world.submissions.items()}
    true = {frozenset((k, p["id"])): p["relation"] for k, row in asked_gold().items() for p in row["gold"]["same_as"]}
    found = {
        frozenset((gold_id[m.left], gold_id[m.right])) for m in world.matches if {m.left, m.right} <= gold_id.keys()
    }
    hits = len(found & true.keys())
    yield Score("重复.准确", hits / max(len(found), 1), len(found))
    yield Score("重复.召回", hits / len(true), len(true))
    yield Score("重复.F1", 2 * hits / (len(found) + len(true)), len(true), _plain_pairs(world, true))
    theme_of = {key: row["gold"]["theme"] or key for key, row in asked_gold().items() if key in world.submissions}
    machine = {gold_id[m]: theme.id for theme in world.themes for m in theme.members if m in gold_id}
    yield Score(
        "一类问题.B³ F1",
        b_cubed(theme_of, {k: machine.get(k, k) for k in theme_of})[2],
        len(theme_of),
        b_cubed(theme_of, {k: k for k in theme_of})[2],
    )


def _plain_pairs(world: County, true: Mapping[frozenset[str], str]) -> float:
    keys = list(world.submissions)
    rows = TfidfVectorizer(analyzer=words).fit_transform([world.submissions[key].text for key in keys])
    likeness = (rows @ rows.T).toarray()
    pairs = [(likeness[i, j], frozenset((keys[i], keys[j])) in true) for i in range(len(keys)) for j in range(i)]
    best, hits = 0.0, 0
    for count, (_, right) in enumerate(sorted(pairs, reverse=True)[:200], start=1):
        hits += right
        best = max(best, 2 * hits / (count + len(true)))
    return best


def auditing() -> Iterable[Score]:
    """The audit against the gold, by the same code as `banli evaluate audit`; beside each the better baseline."""
    marked, profile = letters(), load(default_folder())
    agreed = agreement(marked, audited(marked, profile), profile)
    for ours, *others in zip(*agreed.table, strict=True):
        values = [score.value for score in others if not isnan(score.value)]
        if ours.name in AUDIT:
            yield Score(AUDIT[ours.name], ours.value, len(marked), max(values, default=None))


def _share(name: str, right: Iterable[bool]) -> Score:
    values = list(right)
    return Score(name, sum(values) / max(len(values), 1), len(values))
