"""Rows of the export contract that are counted rather than stored: rates, statistics, yardsticks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from pipeline.records import Audit, Route, Speech, Submission
from pipeline.report.demanded import checks
from pipeline.report.results import Results
from pipeline.report.statistics import ALL, groups

Row = dict[str, Any]


def rates(results: Results) -> Iterator[Row]:
    """The five rates in total and by unit; `counted` are the items of the numerator, `ids` those of the denominator."""
    made_by = _made_by(results)
    for group in groups(results):
        for rate in group.rates if group.dimension in (ALL, "承办单位") else ():
            states = {item.key: item.facts[rate.measure.fact].state for item in group.items}
            yield {
                "scope": group.key,
                "rate": rate.measure.name,
                "value": rate.value,
                "numerator": rate.numerator,
                "denominator": rate.denominator,
                "missing": rate.missing,
                "remark": rate.remark,
                "definition": rate.measure.definition,
                "source": rate.measure.source,
                "counted": [key for key, state in states.items() if state == "是"],
                "ids": [key for key, state in states.items() if state in ("是", "否")],
                "made_by": made_by,
            }


def statistics(results: Results) -> Iterator[Row]:
    """The figures of every group with the ids of its items."""
    made_by = _made_by(results)
    for group in groups(results):
        yield {
            "dimension": group.dimension,
            "group": group.name,
            "count": len(group.items),
            "answered": group.answered,
            "ids": [item.key for item in group.items],
            "made_by": made_by,
        }


def yardsticks(results: Results) -> Iterator[Row]:
    """Every point of every demand, with what checks it and the letters that do not meet it."""
    made_by = _made_by(results)
    for check in checks(results):
        yield {
            "speech_id": check.speech.id,
            "source": check.speech.source,
            "demand": check.demand.text,
            "start": check.demand.start,
            "end": check.demand.end,
            "actor": check.demand.actor,
            "deadline": check.demand.deadline,
            "target": check.demand.target,
            "point": check.point,
            "by": list(check.by),
            "checked": check.checked,
            "met": check.met,
            "share": check.share,
            "outcome": check.outcome,
            "why": check.why,
            "unmet": [reply.id for reply in check.unmet],
            "made_by": made_by,
        }


def _made_by(results: Results) -> str:
    """One fingerprint of all rows that a count rests on."""
    makers = sorted(
        {maker for kind in (Submission, Route, Audit, Speech) for maker in results.made_by.get(kind, {}).values()}
    )
    digest = hashlib.sha256("".join((*makers, results.profile.digest if results.profile else "")).encode())
    return digest.hexdigest()[:16]
