"""Faults put into good letters: another place, another amount, another item number, parts that do not add up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.audit import Case
from pipeline.figures import Quantity, quantities
from pipeline.records import Submission
from tests.quality.county import COUNTY

SEED = 5
OFFICE = r"(?!代表团|人民政府|政府|办事处|党|派出所|司法所|国土所|干部|中心校|供电所|卫生院|水利站)"
FIELDS = re.compile(r"代表团|界别|建议编号|提案编号|交办日期|届次")
MEASURED = frozenset({"count", "length", "area", "weight", "money"})
FACTORS = (0.4, 0.6, 0.7, 1.3, 1.5, 1.8, 2.5)
BESIDE, FEW = 12, 3


@dataclass(frozen=True)
class Swap:
    """A letter with one thing changed: what stood there, and what stands there now."""

    text: str
    said: str
    instead: str


def other_places(case: Case, seed: int) -> Iterator[Swap]:
    """The letter about another village, town, street or school: one the submission names, by one that nobody does."""
    asked = _body(case.submission)
    for names in _places():
        others = [n for n in names if n not in asked and n not in case.reply.text]
        for name in names:
            if others and re.search(name + OFFICE, asked) and re.search(name + OFFICE, case.reply.text):
                instead = _one(others, seed)
                text = case.reply.text.replace(name, instead)
                short = name.removesuffix("村")
                if short != name and not any(town.startswith(short) for town in _places()[0]):
                    text = text.replace(short, instead.removesuffix("村"))
                yield Swap(text, name, instead)


def other_amounts(case: Case, seed: int) -> Iterator[Swap]:
    """The letter with another amount for one that it takes over from the submission, beside the same word."""
    asked, text = _body(case.submission), case.reply.text
    wanted, said = quantities(asked), quantities(text)
    done: set[str] = set()
    for quantity in said:
        same = [q for q in wanted if (q.value, q.unit, q.kind) == (quantity.value, quantity.unit, quantity.kind)]
        restated = any(_beside(quantity, text) & _beside(q, asked) for q in same)
        if quantity.kind not in MEASURED or quantity.value <= FEW or not restated or quantity.text in done:
            continue
        done.add(quantity.text)
        number = re.match(r"\d+(?:\.\d+)?", quantity.text)
        if number:
            instead = _scaled(number.group(), {f"{q.value:g}" for q in (*wanted, *said)}, seed)
            alone = rf"(?<![\d.]){re.escape(quantity.text)}"
            new = quantity.text.replace(number.group(), instead, 1)
            yield Swap(re.sub(alone, new, text), quantity.text, new)


def other_item(case: Case, seed: int) -> Iterator[Swap]:
    """The letter that cites another item's number throughout."""
    assert case.submission is not None
    number, text = case.submission.number, case.reply.text
    cited = re.compile(rf"第0*{re.escape(number)}号")
    if number.isdigit() and cited.search(text):
        instead = f"第{int(number) + 1 + seed % 30}号"
        yield Swap(cited.sub(instead, text), number, instead)


def other_part(case: Case, seed: int) -> Iterator[Swap]:
    """The letter with one of the parts changed that add up to a total said with them (共、合计、其中)."""
    for line in re.split(r"(?<=[。；\n])", case.reply.text):
        for parts in _adding_up(line):
            number = re.match(r"\d+(?:\.\d+)?", parts[-1].text)
            if number:
                instead = _scaled(number.group(), set(), seed, up=True)
                new = line[: parts[-1].start] + instead + line[parts[-1].start + len(number.group()) :]
                yield Swap(case.reply.text.replace(line, new), parts[-1].text, instead)


def _adding_up(line: str) -> Iterator[list[Quantity]]:
    """Runs of two to five amounts of a unit, in a sentence with a total before or behind them, that add up to it."""
    if not re.search(r"其中|合计|[共总]计|共|总", line):
        return
    amounts = [q for q in quantities(line) if q.kind in MEASURED]
    for total in amounts:
        alike = [q for q in amounts if (q.unit, q.kind) == (total.unit, total.kind) and q is not total]
        for first in range(len(alike)):
            for last in range(first + 2, min(first + 5, len(alike)) + 1):
                if abs(sum(q.value for q in alike[first:last]) - total.value) < 1e-9:
                    yield alike[first:last]
                    return


def _body(submission: Submission | None) -> str:
    """The submission without the lines of its form."""
    assert submission is not None
    lines = [line for line in submission.text.split("\n") if not FIELDS.search(line)]
    return "\n".join([submission.title, *lines])


def _beside(quantity: Quantity, text: str) -> set[str]:
    """The pairs of characters that stand near an amount."""
    near = text[max(0, quantity.start - BESIDE) : quantity.start] + "|" + text[quantity.end : quantity.end + BESIDE]
    return {m.group(1) for m in re.finditer(r"(?=([\u4e00-\u9fff]{2}))", near)}


def _scaled(number: str, taken: set[str], seed: int, *, up: bool = False) -> str:
    digits = len(number.partition(".")[2])
    for factor in sorted(FACTORS, key=lambda f: (f + seed * 0.37) % 1.1):
        value = f"{max(2.0, float(number) * factor):.{digits}f}"
        if value != number and value not in taken and not (up and factor < 1):
            return value
    return str(int(float(number)) + 7)


@cache
def _places() -> tuple[tuple[str, ...], ...]:
    """The county's places by kind; villages and towns without the word for their kind, as letters name them."""
    known = tomllib.loads((COUNTY / "places.toml").read_text(encoding="utf-8"))
    villages = [name for names in known["villages"].values() for name in names]
    features = known["features"]
    return (
        tuple(known["towns"]),
        tuple(name for name in villages if name.endswith("村")),
        tuple(name for name in villages if name.endswith("社区")),
        tuple(features["streets"]),
        tuple(features["estates"]),
        tuple(features["schools"]),
        tuple(features["reservoirs"]),
        tuple(features["markets"]),
    )


def _one(others: Sequence[str], seed: int) -> str:
    return others[int(np.random.default_rng((SEED, seed)).integers(len(others)))]
