"""Classes of problems (一类问题): deterministic medoid clustering, so that no theme is held together by a chain."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log

from pipeline.records import Match, Submission, Theme
from pipeline.recur.alike import Levels, least, neighbours
from pipeline.recur.matter import Matter, age, matter
from pipeline.recur.memory import Memory
from pipeline.text import words

SAME_CLASS, MATCHED = 0.12, 0.3
"""B³ F1 on the demonstration county: 0.09 0.86, 0.10 0.89, 0.12 0.90, 0.13 0.89. A match of probability 1 binds as
much as a cosine of 0.3."""
MOST_KEYWORDS = 5


def themes(
    submissions: Sequence[Submission],
    matches: Sequence[Match],
    units: Mapping[str, str],
    memory: Memory | None = None,
    before: Sequence[Theme] = (),
) -> list[Theme]:
    """Groups of two or more submissions about one class of problem, wherever and whenever (R-DUP-01).

    A member is like the medoid itself (cosine with place names taken out) or matched to it. `units` gives the lead
    unit by submission id. Larger themes come first. A theme that holds most of one of `before` keeps its id.
    """
    ordered = sorted(submissions, key=age)
    if len(ordered) < 2:
        return []
    matters = [matter(submission) for submission in ordered]
    known = (memory or Memory.empty()).of(matters)
    groups = _medoid_groups(_links(matters, matches, known.masked), len(ordered))
    everywhere = _spoken(matters)
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


def _links(matters: Sequence[Matter], matches: Sequence[Match], known: Levels) -> dict[int, dict[int, float]]:
    index = {matter.id: i for i, matter in enumerate(matters)}
    links: defaultdict[int, dict[int, float]] = defaultdict(dict)
    alike = neighbours(known.vectors(), SAME_CLASS)
    near = ((i, j, score) for i, j, score in alike if score >= least(SAME_CLASS, matters[i], matters[j]))
    told = ((index[m.left], index[m.right], max(MATCHED * m.score, SAME_CLASS)) for m in matches)
    for left, right, score in (*near, *told):
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


def _theme(
    members: Sequence[Submission], matters: Sequence[Matter], everywhere: Counter[str], units: Mapping[str, str]
) -> Theme:
    """The theme of a group whose first member is the medoid."""
    leads = Counter(units[member.id] for member in members if member.id in units)
    return Theme(
        id=hashlib.sha256(members[0].id.encode()).hexdigest()[:12],
        label=matters[0].title or members[0].title,
        keywords=_keywords(matters, everywhere),
        members=tuple(member.id for member in sorted(members, key=age)),
        years=tuple(sorted({member.year for member in members if member.year})),
        units=tuple(name for name, _ in leads.most_common()),
        places=tuple(sorted({place for matter in matters for place in matter.places})),
    )


def _spoken(matters: Sequence[Matter]) -> Counter[str]:
    """In how many matters each word of title and asks stands."""
    return Counter(word for m in matters for word in {*words(m.title), *words(m.asks)} if len(word) > 1)


def _keywords(members: Sequence[Matter], everywhere: Counter[str]) -> tuple[str, ...]:
    """The words that set the members apart: common among them, rare elsewhere (TF-IDF over the group)."""
    inside, total = _spoken(members), sum(everywhere.values())
    least = max(2, len(members) // 3)
    weight = {word: count * log(total / everywhere[word]) for word, count in inside.items() if count >= least}
    return tuple(sorted(weight, key=lambda word: (-weight[word], word))[:MOST_KEYWORDS])
