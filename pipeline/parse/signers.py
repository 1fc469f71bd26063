"""Who proposes and who joins, as row, form, by-line, the paper's own words or its signature name them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.parse.fields import Sources
from pipeline.parse.names import led, names
from pipeline.profile import Profile
from pipeline.text import normal, squeezed

_NAME = "[一-鿿]{2,4}(?:·[一-鿿]{1,8})*"
_ROLE = "(?:人大代表|政协委员|领衔代表|联名代表|代表团|代表|委员)"
_SIGNER = re.compile(
    rf"(?:^|[\s（(])(?:[^\s：:，。；（(]{{0,10}}?{_ROLE})[：: 　\t]+(?P<n>[^\n，。；：:）)\t]{{2,40}})[)）]?[ \t]*$",
    re.M,
)
_CALLED = re.compile(
    r"^[ 　（(]*(?P<n>[一-鿿·]{2,4}(?:[、 　][一-鿿·]{2,4})*)(?:等\S{1,4}名)?(?:代表|委员)"
    r"(?:提出|提交)?[)）]?[：:]?[ \t]*$",
    re.M,
)
_GLUED = re.compile(
    rf"^[ 　（(]*[一-鿿]{{0,8}}(?:人大代表|政协委员)(?P<n>{_NAME})(?<![站室处局委办团组会])[)）]?[ \t]*[：:]?[ \t]*$",
    re.M,
)
_POSTED = re.compile(
    rf"^[ 　（(]*[^，。：:\n]{{0,12}}(?:人大代表|政协委员)[^，。：:\n]{{0,30}}[ 　]+(?P<n>{_NAME})[)）]?[ \t]*$", re.M
)
_NAMED = re.compile(
    rf"^[ 　（(]*(?P<n>{_NAME})[ 　\t，,]+[^，。：:\n]{{0,8}}(?:人大代表|政协委员)"
    rf"(?:[、，,][^。：:\n]{{0,30}})?[)）]?[ \t]*$",
    re.M,
)
_ABOVE = re.compile(
    rf"^[ 　]*(?P<n>{_NAME})[ 　]*\n[ 　]*[（(][^）)\n]{{0,16}}(?:人大代表|政协委员)[^）)\n]{{0,30}}[）)]", re.M
)
_PARTY = re.compile(
    r"^[ 　（(]*(?:[一-鿿]{0,4}(?:提案|建议|提出|提交)(?:人|者|单位)?[：:][ \t]*)?"
    r"(?P<n>(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|工商联|无党派)[一-鿿]{0,14})[)）]?[ \t]*$",
    re.M,
)
_BODY = re.compile(
    r"^[ 　]*[（(](?P<n>[一-鿿]{2,20}(?:委员会|支部|总支|市委|县委|区委|工委|界别组|小组|联合会|商会))[)）][ \t]*$",
    re.M,
)
_GROUP = re.compile(r"^[ 　（(]*(?P<n>[一-鿿]{2,14}(?:代表小组|代表组|代表联络站|界别组|界别小组))[)）]?[ \t]*$", re.M)
_SELF = re.compile(
    rf"(?:我|本人)(?:叫|是)?[^，。；\n]{{0,24}}?(?:人大代表|政协委员|代表|委员)[ 　]?(?P<n>{_NAME})(?=[，。,（(])"
    rf"|(?:我叫|我名叫|本人叫)(?P<m>{_NAME})(?=[，。,（(])|本人(?P<o>{_NAME})[，,](?=[系是男女]|家住|现年|现居)"
)
_ALONE = re.compile(r"[ 　\t]*(?P<n>[一-鿿]{2,4}|[一-鿿][ 　]{1,3}[一-鿿]|[一-鿿]{2,6}·[一-鿿·]{1,8})[ 　\t]*")
_DATE = re.compile(r"[（(]?(?:\d{4}|二[〇○零OＯ0].{2})[年.\-/].{1,12}")
_OPENING, _LAST = 240, 4
_FORM = 1500
_SHORT = 3
_NO_NAME = tuple("类会局界组镇乡县市区村部委院校件稿案表页号议")
_LEADER = r"(?:领衔|领銜|牵头|第一|主提)[一-鿿]{0,6}(?:[（(][^）)]*[）)])?[：:\t]*"
Signers = tuple[tuple[str, ...], tuple[str, ...]]


def signers(source: Sources, profile: Profile) -> Signers:
    """The proposers and the cosigners; one noted as leading (领衔) leaves the others of his cell to the cosigners."""
    posts = profile.wording["职务尾词"]
    cosigners = names(source.of(source.entry.cosigners, "附议人"), posts)
    printed = source.of(source.entry.proposers, "提出人")
    if not printed:
        return _unlabelled(source, profile), cosigners
    first, others = led(printed, posts)
    if not others and _under_leader(printed, source):
        first, others = first[:1], first[1:]
    return first, tuple(dict.fromkeys([*others, *cosigners]))


def _under_leader(printed: str, source: Sources) -> bool:
    """Whether the names stand under a label of the one who leads (领衔代表：甲、乙): the first of them leads (§3-E)."""
    return re.search(_LEADER + re.escape(squeezed(printed)), squeezed(source.document.text[:_FORM])) is not None


def _unlabelled(source: Sources, profile: Profile) -> tuple[str, ...]:
    posts = profile.wording["职务尾词"]
    for found in _findings(source):
        people = tuple(dict.fromkeys(name for text in found for name in names(text, posts) if _is_name(name, profile)))
        if people:
            return people
    return ()


def _findings(source: Sources) -> Iterator[list[str]]:
    for text in (source.head, source.tail):
        for pattern in (_SIGNER, _CALLED, _GLUED, _POSTED, _NAMED, _ABOVE, _PARTY, _BODY, _GROUP):
            yield [match["n"] for match in pattern.finditer(text)]
    opening = source.body[:_OPENING]
    yield [match["n"] for match in _SELF.finditer(opening) if match["n"]]
    yield [_signature(source.body, source.document.title)]
    yield [_under_title(source)]
    told = [(match, match["m"] or match["o"]) for match in _SELF.finditer(opening) if not match["n"]]
    yield [name for match, name in told if _is_writer(opening[: match.start()], name, source.body)]


def _is_writer(before: str, name: str, body: str) -> bool:
    """Whether one who tells his name wrote the paper: he calls himself deputy or member, or is named again."""
    sentence = re.split("[。！？\n]", before)[-1]
    return re.search(r"(?:人大代表|政协委员)[，,]?$", sentence) is not None or body.count(name) > 1


def _under_title(source: Sources) -> str:
    """The last line of the head, where it is a name alone right under the title."""
    lines = [line for line in source.printed.split("\n") if line.strip()]
    match = _ALONE.fullmatch(lines[-1]) if len(lines) > 1 and normal(lines[-2]) == normal(source.title) else None
    name = squeezed(match["n"]) if match else ""
    return "" if len(name) > _SHORT or name.endswith(_NO_NAME) else name


def _signature(body: str, title: str) -> str:
    """A line of two to four characters alone at the end of a paper, or before its date."""
    lines = [line for line in body.rstrip().split("\n")[-_LAST:] if line.strip()]
    while len(lines) > 1 and (_DATE.fullmatch(squeezed(lines[-1])) or normal(lines[-1]) == normal(title)):
        lines.pop()
    match = _ALONE.fullmatch(lines[-1]) if len(lines) > 1 else None
    return squeezed(match["n"]) if match else ""


def _is_name(name: str, profile: Profile) -> bool:
    """Whether a found word may be a name: neither the last word of a title or post nor a word of courtesy."""
    return not any(name.endswith(profile.wording[listed]) for listed in ("题尾词", "落款客气话", "职务尾词"))
