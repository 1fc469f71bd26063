"""What the profile's catalogue says without any history: evidence for every unit from duties, triggers and names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline import text as texts
from pipeline.profile import Profile, Unit
from pipeline.route.lexicon import Lexicon
from pipeline.route.standing import Standing

Scores = NDArray[np.float64]

TITLE, ASK, BODY, BODY_ALONE = 3.0, 2.0, 0.5, 1.0
OWN_ASK, TITLE_OF_ASK = 2.0, 1.0
DUTY, NAME, ANTI = 0.4, 0.8, 2.0
MOST_SHARED = 3
SPECIAL, GENERAL, GENERAL_BESIDE = 2.0, "泛称词", 0.35
LENGTH = {1: 0.3, 2: 1.0, 3: 1.2}
LONGER = 1.4
PRIOR = {"政府": 1.0, "垂直": 0.9, "企业": 0.9, "群团": 0.8, "司法": 0.8, "上级": 0.8, "党委": 0.6, "乡镇": 0.5}

_BUREAU = re.compile(r"(?:局|委员会|委)$")
_CALLED = ("部门", "机关", "主管部门")
_OFFICE = re.compile(r"(?:局|办|委|会|队|院|所|中心|公司)$")


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of word evidence: the words, and how much each says for each unit (words × units)."""

    says: str
    lexicon: Lexicon
    weights: sparse.csr_matrix
    of_units: Scores


@dataclass(frozen=True, slots=True)
class Spoken:
    """One field's words found in a batch, weighted by where they stand: submissions × words and asks × words.

    `asks` reads an ask together with its title, `own` by itself.
    """

    field: Field
    title: sparse.csr_matrix
    whole: sparse.csr_matrix
    asks: sparse.csr_matrix
    own: sparse.csr_matrix


class Catalogue:
    """The units of a profile as weighted words."""

    def __init__(self, profile: Profile) -> None:
        units = profile.units
        names = [_names(u) for u in units]
        triggers = [_triggers(u) for u in units]
        self._general = frozenset(profile.wording.get(GENERAL, ()))
        known = {word for unit in triggers for word in unit} | set(profile.wording.get("停用词", ())) | self._general
        duties = [{w: n for w, n in _duty_words(u).items() if w not in known} for u in units]
        self.names = Lexicon(sorted({name for unit in names for name in unit}))
        self.unit_of_name = {name: unit.name for unit, own in zip(units, names, strict=True) for name in own}
        self.prior = np.array([PRIOR[unit.system] for unit in units])
        self.fields = (
            _field("职责用语", triggers, len(units)),
            _field("职责范围", _told_apart(duties), len(units)),
            _field("文中点名", names, len(units)),
            _field("不属其职责", [dict.fromkeys(u.anti_triggers, -ANTI) for u in units], len(units), rare=False),
        )

    def spoken(self, standing: Standing) -> list[Spoken]:
        """The evidence of every field for a batch."""
        passages = standing.passages
        rest = sparse.diags([BODY if asking else BODY_ALONE for asking in passages.asking])
        found = []
        for field in self.fields:
            counts = self._weighed(field, standing)
            named = TITLE * (passages.title @ counts)
            whole = named + ASK * damped(passages.asked @ counts) + rest @ damped(passages.body @ counts)
            own = OWN_ASK * damped(passages.own_ask @ counts)
            asks = own + TITLE_OF_ASK / TITLE * (passages.ask_rows @ named)
            found.append(Spoken(field, named.tocsr(), whole.tocsr(), asks.tocsr(), own.tocsr()))
        return found

    def _weighed(self, field: Field, standing: Standing) -> sparse.csr_matrix:
        """Passages × words; a word of many units' matters (治理, 农村) says little beside one that is a unit's own,
        in the same passage or in the title."""
        counts, passages = standing.counts(field.lexicon), standing.passages
        general = np.array([word in self._general for word in field.lexicon.words], dtype=bool)
        own = ~general & (field.of_units.max(axis=1) >= SPECIAL)
        special = np.asarray((counts @ own.astype(np.float64)) > 0)
        special |= passages.rows @ (passages.title @ special) > 0
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        counts.data *= np.where(general[counts.indices] & special[row], GENERAL_BESIDE, 1.0)
        return counts

    def named(self, text: str) -> tuple[str, ...]:
        """The units that a plain text names, in order."""
        return tuple(dict.fromkeys(self.unit_of_name[name] for name, _, _ in self.names.places(text)))


def summed(parts: Iterable[tuple[sparse.csr_matrix, Field]]) -> Scores:
    """The evidence of several fields together, rows × units, never below 0."""
    total = sum((words @ field.weights).toarray() for words, field in parts)
    return np.maximum(np.asarray(total, dtype=np.float64), 0.0)


def damped(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """log2(1 + count): the second mention of a word says less than the first."""
    damped = counts.copy()
    damped.data = np.log2(1.0 + damped.data)
    return damped


def _field(says: str, units: Sequence[Mapping[str, float]], number: int, *, rare: bool = True) -> Field:
    """Words of all units with their weights; with `rare`, a word that many units share says less for each."""
    words = sorted({word for unit in units for word in unit if word})
    place = {word: i for i, word in enumerate(words)}
    cells = [(place[word], u, weight) for u, unit in enumerate(units) for word, weight in unit.items() if word]
    rows, columns, data = ([cell[k] for cell in cells] for k in range(3))
    weights = sparse.csr_matrix((data, (rows, columns)), shape=(len(words), number), dtype=np.float64)
    if rare and cells:
        shared = np.asarray((weights != 0).sum(axis=1)).ravel()
        lengths = np.array([LENGTH.get(len(word), LONGER) for word in words])
        weights = sparse.diags(_rarity(shared, number) * lengths) @ weights
    return Field(says, Lexicon(words), weights.tocsr(), weights.toarray())


def _rarity(shared: NDArray[np.int_], number: int) -> Scores:
    """1 for a word of one unit, falling like inverse document frequency over the units."""
    return np.asarray((1.0 + np.log(number / np.maximum(shared, 1))) / (1.0 + np.log(number)), dtype=np.float64)


def _triggers(unit: Unit) -> dict[str, float]:
    return {trigger.word: trigger.weight for trigger in unit.triggers}


def _duty_words(unit: Unit) -> dict[str, float]:
    """The duties' phrases, and their words of two characters or more."""
    phrases = set(unit.duties)
    parts = {word for phrase in unit.duties for word in texts.words(phrase) if len(word) >= 2}
    return dict.fromkeys(sorted(phrases | parts), DUTY)


def _told_apart(units: list[dict[str, float]]) -> list[dict[str, float]]:
    """Without the words that more than a few units share: they tell none apart."""
    shared = Counter(word for unit in units for word in unit)
    return [{word: weight for word, weight in unit.items() if shared[word] <= MOST_SHARED} for unit in units]


def _names(unit: Unit) -> dict[str, float]:
    """Names of the office itself, former ones too (教体局, 教体部门): evidence, never enough by itself (fact 7)."""
    names = {unit.name, *unit.aliases, *(p.name for p in unit.predecessors)}
    named = {name for name in names if len(name) >= 3 and _OFFICE.search(name)}
    stems = {_BUREAU.sub("", name) for name in names}
    called = {stem + tail for stem in stems if 2 <= len(stem) <= 4 for tail in _CALLED}
    return dict.fromkeys(sorted(named | called), NAME)
