"""Classes of problems (一类问题): deterministic medoid clustering, so that no theme is held together by a chain."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log

from pipeline.records import Match, Submission, Theme
from pipeline.recur.alike import Levels
from pipeline.recur.candidates import looked
from pipeline.recur.judge import anywhere, signs
from pipeline.recur.matter import Matter, age, core_title
from pipeline.recur.memory import Memory
from pipeline.text import rarity, simplified, sort_of, words

SAME_CLASS = 0.06
"""B³ F1 on the demonstration county and on real proposals among its own: 0.03 0.90 and 0.83, 0.05 0.90 and 0.82, 0.08
0.91 and 0.82, 0.18 0.90 and 0.78. A cosine of the wording, 0.12 and more, gave 0.90 and 0.78."""
MOST_KEYWORDS, IN_TITLE, LENGTH, CENTRAL = 5, 2, 10, 1.6
"""Keywords of a class; how much more a word in a title tells; how much a label's length counts (more: less); how much
rather the medoid's title is taken."""
NO_KEYWORD = frozenset("mqtdpfrc")


def themes(
    submissions: Sequence[Submission],
    matches: Sequence[Match],
    units: Mapping[str, str],
    memory: Memory | None = None,
    before: Sequence[Theme] = (),
) -> list[Theme]:
    """Groups of two or more submissions about one class of problem, wherever and whenever (R-DUP-01).

    A member is probably about what the medoid is about, wherever it is, or matched to it. `units` gives the lead
    unit by submission id. Larger themes come first. A theme that holds most of one of `before` keeps its id.
    """
    ordered = sorted(submissions, key=age)
    if len(ordered) < 2:
        return []
    memory = memory or Memory.empty()
    matters = memory.matters(ordered)
    known = memory.read(matters, "masked")
    links = _links(matters, matches, known, [units.get(submission.id, submission.lead) for submission in ordered])
    groups = _joined(_medoid_groups(links, len(ordered)), links, len(ordered))
    everywhere = Counter(word for matter in matters for word in _said(matter))
    found = [
        _theme([ordered[i] for i in members], [matters[i] for i in members], everywhere, units) for members in groups
    ]
    return sorted(_with_old_ids(found, before), key=lambda theme: (-len(theme.members), theme.id))


def _with_old_ids(found: Sequence[Theme], before: Sequence[Theme]) -> list[Theme]:
    """The themes with the ids of those they go on from: each old id once, to the theme with most of its members."""
    home = {member: number for number, theme in enumerate(found) for member in theme.members}
    kept: dict[int, str] = {}
    for old in sorted(before, key=lambda theme: (-len(theme.members), theme.id)):
        went = Counter(home[member] for member in old.members if member in home)
        number, count = min(went.items(), key=lambda item: (-item[1], item[0]), default=(-1, 0))
        if 2 * count > len(old.members) and number not in kept:
            kept[number] = old.id
    taken = set(kept.values())
    fresh = (theme.id if theme.id not in taken else f"{theme.id}-2" for theme in found)
    return [replace(theme, id=kept.get(n, new)) for n, (theme, new) in enumerate(zip(found, fresh, strict=True))]


def _links(
    matters: Sequence[Matter], matches: Sequence[Match], known: Levels, leads: Sequence[str]
) -> Mapping[int, dict[int, float]]:
    """How probably two are of one class, wherever they are; what is matched belongs together anyhow."""
    index = {matter.id: i for i, matter in enumerate(matters)}
    links: defaultdict[int, dict[int, float]] = defaultdict(dict)
    pairs = looked(matters, known)
    chances = anywhere(signs(matters, known, leads, pairs)).tolist()
    seen = zip(pairs.left.tolist(), pairs.right.tolist(), chances, strict=True)
    told = ((index[m.left], index[m.right], m.score) for m in matches)
    for left, right, score in (*(link for link in seen if link[2] >= SAME_CLASS), *told):
        links[left][right] = links[right][left] = max(score, links[left].get(right, 0.0))
    return links


def _medoid_groups(links: Mapping[int, Mapping[int, float]], count: int) -> list[list[int]]:
    """Again and again the free text with the strongest free neighbourhood takes that neighbourhood."""
    free = set(range(count))
    groups = []
    pull = {i: sum(links.get(i, {}).values()) for i in free}
    for centre in sorted(free, key=lambda i: (-pull[i], i)):
        if centre not in free:
            continue
        members = [centre, *sorted(j for j in links.get(centre, {}) if j in free)]
        if len(members) > 1:
            groups.append(members)
            free.difference_update(members)
    return groups


def _joined(groups: list[list[int]], links: Mapping[int, Mapping[int, float]], count: int) -> list[list[int]]:
    """The groups with what was left over and is linked to half of a group's members: a chain hangs on one of them."""
    home = {member: number for number, group in enumerate(groups) for member in group}
    joining: defaultdict[int, list[int]] = defaultdict(list)
    for one in range(count):
        near = Counter(home[other] for other in links.get(one, {}) if one not in home and other in home)
        half = [(-number, group) for group, number in near.items() if 2 * number >= len(groups[group])]
        if half:
            joining[min(half)[1]].append(one)
    return [[*group, *joining[number]] for number, group in enumerate(groups)]


def _theme(
    members: Sequence[Submission], matters: Sequence[Matter], everywhere: Counter[str], units: Mapping[str, str]
) -> Theme:
    """The theme of a group whose first member is the medoid."""
    leads = Counter(units[member.id] for member in members if member.id in units)
    telling = _telling(matters, everywhere)
    return Theme(
        id=hashlib.sha256(members[0].id.encode()).hexdigest()[:12],
        label=_label(members, matters, telling),
        keywords=_keywords(telling),
        members=tuple(member.id for member in sorted(members, key=age)),
        years=tuple(sorted({member.year for member in members if member.year})),
        units=tuple(name for name, _ in leads.most_common()),
        places=tuple(sorted({place for matter in matters for place in matter.places})),
    )


def _label(members: Sequence[Submission], matters: Sequence[Matter], telling: Mapping[str, float]) -> str:
    """The title that says most of what the members share in few words, without places that less than half name."""
    naming = Counter(place for matter in matters for place in matter.places)
    told = []
    for rank, (member, matter) in enumerate(zip(members, matters, strict=True)):
        title = core_title(simplified(member.title))
        for place in sorted(matter.places, key=len, reverse=True):
            title = title if 2 * naming[place] >= len(members) else title.replace(place, "")
        said = sum(telling.get(word, 0.0) for word in {*words(matter.title)})
        worth = said / (LENGTH + len(title)) * (CENTRAL if rank == 0 else 1.0)
        told.append((-worth, rank, title.lstrip("在对为给") or core_title(member.title)))
    return min(told)[2]


def _said(matter: Matter) -> set[str]:
    """The words of title and asks that can tell a class: no numbers, times, particles or names of places."""
    places = "".join(matter.places)
    told = {*words(matter.title), *words(matter.asks)}
    return {w for w in told if len(w) > 1 and not w.isascii() and sort_of(w) not in NO_KEYWORD and w not in places}


def _telling(members: Sequence[Matter], everywhere: Counter[str]) -> dict[str, float]:
    """The words that set the members apart, weighed: common among them, in titles above all, rare elsewhere."""
    inside, total = Counter(word for matter in members for word in _said(matter)), sum(everywhere.values())
    titled = Counter(word for matter in members for word in {*words(matter.title)})
    least = max(2, len(members) // 3)
    return {
        word: (count + IN_TITLE * titled[word]) * log(total / everywhere[word]) * rarity(word)
        for word, count in inside.items()
        if count >= least
    }


def _keywords(telling: Mapping[str, float]) -> tuple[str, ...]:
    """The words that tell most; of two that share characters in a row (饮水, 饮水困难) the first."""
    chosen: list[str] = []
    for word in sorted(telling, key=lambda word: (-telling[word], word)):
        if len(chosen) < MOST_KEYWORDS and not any(word in other or other in word for other in chosen):
            chosen.append(word)
    return tuple(chosen)
