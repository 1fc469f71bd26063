"""Handing items over to the units, and taking in what the units say to that (R-RTE-03)."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from pipeline.due import handed_over, return_due
from pipeline.errors import BanliError
from pipeline.figures import day_of
from pipeline.mentions import units_in_cell
from pipeline.profile import Profile
from pipeline.records import Document, Entry, Failure, Handed, Receipt, Submission
from pipeline.report.given import Load, loads, ready, waiting
from pipeline.run.job import Job, items
from pipeline.run.sets import results
from pipeline.text import squeezed

ACCEPTED, RETURNED = "接收词", "退件词"


def receipts(job: Job, path: Path, now: datetime) -> tuple[list[Receipt], list[Failure]]:
    """Read a list with receipts (回执) into the store; rows that cannot be used come back as failures with reasons.

    A return after the profile's time limit in working days is kept as late: it does not take the unit off by itself.
    """
    from pipeline import extract as stage

    if not path.exists():
        raise BanliError(f"找不到 {path}", "检查路径")
    found = stage.extract(stage.find_files(path), job.profile)
    slips: list[Receipt] = []
    failures: list[Failure] = []
    desk = _Desk(job, now)
    for document in found:
        if isinstance(document, Document) and document.kind != "答复" and document.entry and document.entry.receipt:
            said = desk.slip(document.source, document.entry)
            if isinstance(said, Receipt):
                slips.append(said)
            else:
                failures.append(said)
    if not any(isinstance(item, Document) for item in found):  # else a sheet that is no list (承办量) is none of ours
        failures += [item for item in found if isinstance(item, Failure)]
    if not slips and not failures:
        failures.append(
            Failure(str(path), "receipts", "没有读到填了“回执”一列的行", "在 交办清单.xlsx 的“回执”一列填 接收 或 退回")
        )
    job.store.add(slips, "receipts")
    return slips, failures


class _Desk:
    """What is needed to tell which item and unit a receipt is about."""

    def __init__(self, job: Job, now: datetime) -> None:
        self.profile, self.now = job.profile, now
        known = items(job.store)
        self.by_id = {s.id: s for s in known}
        self.by_number: dict[tuple[str, str], list[Submission]] = {}
        self.by_title: dict[str, list[Submission]] = {}
        for s in known:
            self.by_number.setdefault((s.kind, _digits(s.number)), []).append(s)
            self.by_title.setdefault(squeezed(s.title), []).append(s)
        self.handed = {(h.subject_id, h.unit): h.day for h in job.store.all(Handed)}
        self.lead = results(job.store).lead

    def slip(self, source: str, entry: Entry) -> Receipt | Failure:
        """The receipt of one row."""
        item = self._item(entry)
        if item is None:
            return Failure(
                source, "receipts", f"对不上来件：{entry.number} {entry.title}", "保留“来件编码”一列，或核对编号和案由"
            )
        accepted = _accepted(entry.receipt, self.profile)
        if accepted is None:
            return Failure(source, "receipts", f"看不懂回执“{entry.receipt}”", "写 接收 或 退回，理由写在“退回理由”")
        units = units_in_cell(entry.lead or self.lead(item), self.profile)
        if not units:
            return Failure(
                source,
                "receipts",
                f"不知道是哪个单位的回执：{entry.lead or '没有写单位'}",
                "在“承办单位”一列写单位名称",
            )
        day = day_of(entry.receipt_day)
        handed = self.handed.get((item.id, units[0])) or handed_over(item, self.profile.clock)
        late = bool(not accepted and day and handed and day > return_due(handed, self.profile.clock))
        suggests = units_in_cell(entry.suggests, self.profile)
        reason = entry.receipt_reason.strip() or (entry.receipt.strip() if not accepted else "")
        return Receipt(item.id, units[0], accepted, self.now, reason, suggests, day, late, source)

    def _item(self, entry: Entry) -> Submission | None:
        """The item of a row: by its key, by its number and kind, by its title; None where that is not one."""
        if entry.item in self.by_id:
            return self.by_id[entry.item]
        title = squeezed(entry.title)
        numbered = [s for (kind, number), found in self.by_number.items() for s in found
                    if number and number == _digits(entry.number) and entry.kind in ("", kind)]  # fmt: skip
        agreed = [s for s in numbered if squeezed(s.title) == title]
        for found in (agreed, [] if title else numbered, self.by_title.get(title, [])):
            if len(found) == 1:
                return found[0]
        return None


def _digits(number: str) -> str:
    return "".join(re.findall(r"\d+", number)).lstrip("0")


def _accepted(said: str, profile: Profile) -> bool | None:
    """Whether the receipt accepts the item; None where it says neither."""
    if profile.pattern(RETURNED).search(said):
        return False
    return True if profile.pattern(ACCEPTED).search(said) else None


def handover(job: Job, out: Path, day: date, *, final: bool) -> tuple[list[Load], list[Path]]:
    """Write the papers of the hand-over for all items that are routed and not yet with a unit.

    Returns the load of every unit, heaviest first, and the files. With `final` the hand-over is remembered: those
    items are not handed over again unless their unit returns them.
    """
    from pipeline.report.handover import Order, write

    found = results(job.store)
    given = ready(found)
    if not given:
        open_cases = len(waiting(found))
        raise BanliError(
            f"没有可以交办的件；待研判 {open_cases} 件",
            "用 banli decide 来件 --lead 单位 --by 姓名 定下主办" if open_cases else "先运行 banli run",
        )
    paths = write(found, given, out, Order(job.profile, day, final))
    if final:
        job.store.add([Handed(g.submission.id, unit, part, day) for g in given for unit, part in g.units], "person")
    return loads(given), paths
