"""总览.html: one self-contained page that a leader can read: what came in, where it goes, what comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.report.demanded import Check, checks, named
from pipeline.report.promises import by_month, lines, standings
from pipeline.report.recurring import Case, cases
from pipeline.report.results import Results
from pipeline.report.sheets import GATE_TONE, SEVERITY, alike, undecided
from pipeline.report.sheets_audit import tally
from pipeline.report.statistics import ALL, groups

MOST_UNITS, MOST_THEMES, MOST_OVERDUE = 20, 25, 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a stacked bar chart: parts as (name, tone, count), in order."""

    name: str
    parts: tuple[tuple[str, str, int], ...]

    @property
    def total(self) -> int:
        """The length of the whole bar."""
        return sum(count for _, _, count in self.parts)


def page(results: Results, path: Path, office: str) -> None:
    """Write the page: no script from elsewhere, no network, text escaped."""
    counts, owed = tally(results), sorted(lines(results), key=lambda line: line.month)
    written(
        path,
        "page.html",
        office=office,
        tiles=_tiles(results),
        load=_bars(counts, (("主办", "lead"), ("会办", "co"))),
        quality=_bars(counts, tuple((gate, tone) for gate, tone in GATE_TONE.items())),
        undecided=undecided(results),
        alike=alike(results),
        themes=_themes(results),
        years=_years(results),
        letters=_letters(results),
        promises=standings(owed),
        overdue=[line for line in owed if line.standing == "到期未见后续"][:MOST_OVERDUE],
        due=by_month(owed, results.today),
        severity=SEVERITY,
        rated=[group for group in groups(results) if group.dimension in (ALL, "承办单位")],
        demanded=_demanded(results),
        failures=results.failed(),
    )


def written(path: Path, template: str, **values: object) -> None:
    """Fill a template of this package with values, all text escaped, and write it with its folder."""
    loader = PackageLoader("pipeline.report", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    html = environment.get_template(template).render(today=date.today().isoformat(), **values)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8", errors="replace")


def _tiles(results: Results) -> list[tuple[str, int, str]]:
    inbox, letters = results.inbox(), results.letters()
    kinds = Counter(submission.kind for submission in inbox)
    unknown = len(results.unrecognised())
    open_cases = len(undecided(results).rows) - unknown
    gates = Counter(results.audit[r.id].verdict.gate for r in letters if r.id in results.audit)
    return [
        ("本次来件", len(inbox), f"建议 {kinds['建议']}，提案 {kinds['提案']}"),
        ("已推荐单位", len(inbox) - open_cases, "含人工已定"),
        ("需人工研判", open_cases + unknown, f"其中未认出文种 {unknown}"),
        ("本次答复", len(letters), f"通过 {gates['通过']}，抽检 {gates['建议抽检']}"),
        ("退回重写或补充", gates["退回重写"] + gates["补充"], f"退回 {gates['退回重写']}，补充 {gates['补充']}"),
        ("跨年问题", sum(len(theme.years) > 1 for theme in results.themes), f"一类问题共 {len(results.themes)} 组"),
        ("未能处理", len(results.failed()), "文件或行"),
    ]


def _bars(counts: dict[str, Counter[str]], parts: tuple[tuple[str, str], ...]) -> list[Bar]:
    bars = [Bar(unit, tuple((name, tone, row[name]) for name, tone in parts)) for unit, row in counts.items()]
    return sorted((bar for bar in bars if bar.total), key=lambda bar: (-bar.total, bar.name))[:MOST_UNITS]


def _years(results: Results) -> list[int]:
    return sorted({year for case in _heaviest(results) for year in case.theme.years})


def _heaviest(results: Results) -> list[Case]:
    return cases(results, date.today())[:MOST_THEMES]


def _themes(results: Results) -> list[dict[str, object]]:
    """The classes of problems with the count of every year, their members and what they call for."""
    return [{"case": case, "by_year": Counter(m.year for m in case.members)} for case in _heaviest(results)]


def _letters(results: Results) -> Iterable[dict[str, object]]:
    """The letters with findings, worst first."""
    order = list(GATE_TONE)
    audited = [(r, results.audit[r.id]) for r in results.letters() if r.id in results.audit]
    for reply, audit in sorted(audited, key=lambda pair: order.index(pair[1].verdict.gate)):
        if audit.findings:
            yield {
                "reply": reply,
                "audit": audit,
                "asked": results.answered(reply),
                "tone": GATE_TONE[audit.verdict.gate],
            }


def _demanded(results: Results) -> dict[str, object]:
    """The points that speeches demand, each once, the least met first; and how many demands nothing checks."""
    found: dict[tuple[str, tuple[str, ...]], list[Check]] = {}
    for check in (every := checks(results)):
        if check.by:
            found.setdefault((check.point, check.by), []).append(check)
    demands, checked = ({_place(check) for check in some} for some in (every, [c for c in every if c.checked]))
    ordered = sorted(found.values(), key=lambda same: (same[0].share is None, same[0].share or 0.0))
    points = [
        {"check": same[0], "by": named(same[0].by, results.profile), "times": len(set(map(_place, same)))}
        for same in ordered
        if results.profile
    ]
    return {"points": points, "all": len(demands), "checked": len(checked)}


def _place(check: Check) -> tuple[str, int]:
    return check.speech.id, check.demand.start
