"""Classes of problems (一类问题): deterministic medoid clustering, so that no theme is held together by a chain."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log

from pipeline.records import Match, Submission, Theme
from pipeline.recur.alike import least, neighbours, vectors
from pipeline.recur.matter import Matter, age, matter
from pipeline.text import words

SAME_CLASS = 0.11
"""B³ F1 on the demonstration county: 0.07 0.74, 0.09 0.86, 0.11 0.90, 0.14 0.87."""
MOST_KEYWORDS = 5


def themes(submissions: Sequence[Submission], matches: Sequence[Match], units: Mapping[str, str]) -> list[Theme]:
    """Groups of two or more submissions about one class of problem, wherever and whenever (R-DUP-01).

    A member is like the medoid itself (cosine with place names taken out) or matched to it. `units` gives the lead
    unit by submission id. Larger themes come first.
    """
    ordered = sorted(submissions, key=age)
    if len(ordered) < 2:
        return []
    matters = [matter(submission) for submission in ordered]
    groups = _medoid_groups(_links(matters, matches), len(ordered))
    everywhere = _spoken(matters)
    found = [
        _theme([ordered[i] for i in members], [matters[i] for i in members], everywhere, units) for members in groups
    ]
    return sorted(found, key=lambda theme: (-len(theme.members), theme.id))


def _links(matters: Sequence[Matter], matches: Sequence[Match]) -> dict[int, dict[int, float]]:
    index = {matter.id: i for i, matter in enumerate(matters)}
    links: defaultdict[int, dict[int, float]] = defaultdict(dict)
    alike = neighbours(vectors(matters, masked=True), SAME_CLASS)
    near = ((i, j, score) for i, j, score in alike if score >= least(SAME_CLASS, matters[i], matters[j]))
    told = ((index[m.left], index[m.right], max(m.score, SAME_CLASS)) for m in matches)
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
