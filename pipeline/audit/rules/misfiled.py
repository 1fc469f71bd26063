"""Rule C02 by what the letter says of itself: it cites another item and calls on other people (domain §5-B)."""

from __future__ import annotations

import re

from pipeline.audit.case import Objection
from pipeline.audit.pairing import bare_number, title_likeness
from pipeline.audit.reading import Reading
from pipeline.records import Reply, Submission

_OTHER_TITLE, _OTHER_NUMBER = 0.5, 0.8
_PERSON = re.compile("代表|委员|先生|女士|同志")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,}")


def says_another(reading: Reading) -> Objection | None:
    """The objection to a letter that by its own words answers another item: other people and another title or number.

    One sign alone is a slip of form (F06, F07).
    """
    reply, submission = reading.reply, reading.submission
    if submission is None or reading.case.also or reply.kind != "答复" or not _calls_others(reply, submission):
        return None
    titles = [cite.title for cite in reply.cites if cite.title]
    numbers = {bare_number(cite.number) for cite in reply.cites} - {""}
    likeness = max((title_likeness(title, submission.title) for title in titles), default=1.0)
    another = bool(numbers) and bool(submission.number) and bare_number(submission.number) not in numbers
    if likeness >= _OTHER_NUMBER or (likeness >= _OTHER_TITLE and not another):
        return None
    return Objection(f"答复写给“{reply.addressee}”、引述《{titles[0]}》，都不是本件，疑似张冠李戴", titles[0])


def _calls_others(reply: Reply, submission: Submission) -> bool:
    """Whether the letter names none of those who proposed the item."""
    called = re.sub(r"\s", "", reply.addressee)
    people = [re.sub(r"\s", "", name) for name in (*submission.proposers, *submission.cosigners)]
    known = [name for name in people if _NAME.fullmatch(name)]
    return bool(_PERSON.search(called) and known) and not any(name in called or called in name for name in known)
