"""The trained router as plain arrays with a card; loading it runs no code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.errors import BanliError
from pipeline.records import Submission
from pipeline.route.features import Grams, Words
from pipeline.route.head import Head, Rows
from pipeline.route.joint import Joint

Scores = NDArray[np.float64]
Opinions = tuple[sparse.csr_matrix, sparse.csr_matrix]

FORMAT = 1
ARRAYS, CARD = "router.npz", "card.json"
LIKELY = 1e-3
KNOWN = 0.5
HALF_TRUSTED = 300
"""With so many rows the learned leads count as much as the catalogue (county and letters, two to four hundred rows)."""
OF_ASKS = 0.5
_HEAD = ("margins", "offsets", "word_margins", "word_offsets", "likelihoods", "mix", "bias")


@dataclass(frozen=True, slots=True)
class Card:
    """What the model was made from and how good it was on rows held out (five-fold); scores by task and name.

    `gate` holds, where there were enough rows for it, the share right of this model (`new`) and of the one before
    (`old`) on the rows that trained neither.
    """

    corpus: str
    profile: str
    rows: int
    units: Mapping[str, int]
    topics: Mapping[str, int]
    scores: Mapping[str, Mapping[str, float]]
    day: str = ""
    format: int = FORMAT
    gate: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> str:
        """The card as people read it."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Cold:
    """What the profile alone says of a batch: scores over its units and over its topics."""

    unit_names: tuple[str, ...]
    units: Scores
    topic_names: tuple[str, ...]
    topics: Scores


@dataclass(frozen=True, slots=True)
class Features:
    """The fitted blocks: title characters, body characters, the words of both; and the units and topics then known."""

    titles: Grams
    bodies: Grams
    words: Words
    known: tuple[str, ...]

    @staticmethod
    def fit(submissions: Sequence[Submission], cold: Cold) -> tuple[Features, Opinions]:
        """Learn the blocks from a corpus; also gives the corpus as rows."""
        titles, title_rows = Grams.fit([s.title for s in submissions])
        bodies, body_rows = Grams.fit([_body(s) for s in submissions])
        words, word_rows = Words.fit([_all(s) for s in submissions])
        features = Features(titles, bodies, words, (*cold.unit_names, *cold.topic_names))
        return features, features._joined(title_rows, body_rows, word_rows, cold)

    def rows(self, submissions: Sequence[Submission], cold: Cold) -> Opinions:
        """Submissions as rows: title and body apart (characters), and both together (words)."""
        titles = self.titles.rows([s.title for s in submissions])
        bodies = self.bodies.rows([_body(s) for s in submissions])
        return self._joined(titles, bodies, self.words.rows([_all(s) for s in submissions]), cold)

    def _joined(
        self, titles: sparse.csr_matrix, bodies: sparse.csr_matrix, words: sparse.csr_matrix, cold: Cold
    ) -> Opinions:
        """Each block with what the catalogue says beside it; a unit or topic new since training says nothing."""
        place = {name: i for i, name in enumerate((*cold.unit_names, *cold.topic_names))}
        scores = np.hstack(
            [_unit_length(np.sqrt(cold.units)), _unit_length(cold.topics), np.zeros((words.shape[0], 1))]
        )
        said = KNOWN * scores[:, [place.get(name, -1) for name in self.known]]
        return sparse.hstack([titles, bodies, said]).tocsr(), sparse.hstack([words, said]).tocsr()


@dataclass(frozen=True, slots=True)
class Model:
    """Learned heads for lead units and topics, and for co-units where the registers name enough of them.

    `outside` is the share of past leads that had too few examples.
    """

    features: Features
    units: Head | None
    topics: Head | None
    outside: float
    card: Card
    joint: Joint | None = None

    @property
    def trust(self) -> float:
        """How much the learned leads count beside the catalogue's chances, 0–1: more with every row they come from."""
        rows = sum(self.card.units.values())
        return rows / (rows + HALF_TRUSTED)

    def judge(self, opinions: Opinions, cold: Cold) -> Cold:
        """The scores after learning: units with too few examples keep the catalogue's, topics are the learned ones.

        `opinions` are the submissions as rows of `features`.
        """
        units, topic_names, topics = cold.units, cold.topic_names, cold.topics
        if self.units is not None:
            labels = self.units.labels
            learned = self.units.probabilities(Rows(*opinions, prior(cold.units, cold.unit_names, labels)))
            units = with_rest(learned, labels, cold, self.outside)
        if self.topics is not None:
            topic_names = self.topics.labels
            topics = self.topics.probabilities(Rows(*opinions, prior(cold.topics, cold.topic_names, topic_names)))
        return Cold(cold.unit_names, units, topic_names, topics)

    def judge_asks(self, submissions: Sequence[Submission], asks: Scores, cold: Cold) -> Scores:
        """The scores of asks (asks × units): half the catalogue's, half what was learned, from an ask's own words."""
        alone = [replace(s, title="", text=ask.text, asks=()) for s in submissions for ask in s.asks]
        if self.units is None or not alone:
            return asks
        topics = np.zeros((len(alone), len(cold.topic_names)))
        bare = Cold(cold.unit_names, asks, cold.topic_names, topics)
        learned = replace(self, topics=None).judge(self.features.rows(alone, bare), bare)
        return np.asarray((1.0 - OF_ASKS) * asks + OF_ASKS * learned.units)

    def save(self, folder: Path, day: date | None = None) -> None:
        """Write `router.npz` and `card.json`; `day` goes into the card, so that equal training gives equal arrays."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, NDArray[np.generic]] = {
            "titles.kept": self.features.titles.kept,
            "titles.idf": self.features.titles.idf,
            "bodies.kept": self.features.bodies.kept,
            "bodies.idf": self.features.bodies.idf,
            "words.kept": self.features.words.kept,
            "words.idf": self.features.words.idf,
            "known": np.array(self.features.known, dtype=np.str_),
            "outside": np.array(self.outside),
        }
        for name, head in (("units", self.units), ("topics", self.topics)):
            if head is not None:
                arrays[f"{name}.labels"] = np.array(head.labels, dtype=np.str_)
                arrays |= {f"{name}.{part}": _small(getattr(head, part)) for part in _HEAD}
        arrays |= {f"joint.{name}": part for name, part in (self.joint.arrays() if self.joint else {}).items()}
        np.savez_compressed(folder / ARRAYS, allow_pickle=False, **arrays)
        card = replace(self.card, day=day.isoformat() if day else self.card.day)
        (folder / CARD).write_text(card.to_json(), encoding="utf-8")

    @staticmethod
    def load(folder: Path) -> Model:
        """Read what `save` wrote. Raises BanliError where a file is missing or of another format."""
        if not (folder / ARRAYS).is_file() or not (folder / CARD).is_file():
            raise BanliError(f"{folder} 里没有训练好的模型", "先用 banli train 训练，或不用模型")
        card = Card(**json.loads((folder / CARD).read_text(encoding="utf-8")))
        if card.format != FORMAT:
            raise BanliError(
                f"{folder} 的模型格式是第 {card.format} 版，本程序读第 {FORMAT} 版", "请用 banli train 重新训练"
            )
        try:
            with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
                return _model(arrays, card)
        except (KeyError, ValueError) as broken:
            raise BanliError(f"{folder} 的模型文件损坏", "请用 banli train 重新训练") from broken


def prior(scores: Scores, names: Sequence[str], labels: Sequence[str]) -> Scores:
    """The catalogue's log-scores for a head's labels; a label that the catalogue lacks gets the least."""
    padded = np.hstack([scores, np.zeros((len(scores), 1))])
    at = [names.index(label) if label in names else len(names) for label in labels]
    return np.log(padded[:, at] + LIKELY)


def with_rest(learned: Scores, labels: Sequence[str], cold: Cold, outside: float) -> Scores:
    """Probabilities over all units: the learned ones, and the catalogue's for the rest, by how often those lead."""
    names = cold.unit_names
    inside = np.isin(np.array(names), np.array(labels))
    there, here = (cold.units[:, mask].sum(axis=1) + LIKELY for mask in (~inside, inside))
    rest = outside * there / (outside * there + (1.0 - outside) * here)
    scores = cold.units * (rest / there)[:, None]
    for k, label in enumerate(labels):
        if label in names:
            scores[:, names.index(label)] = (1.0 - rest) * learned[:, k]
    return np.asarray(scores)


def _unit_length(scores: Scores) -> Scores:
    return np.asarray(scores / np.maximum(np.linalg.norm(scores, axis=1, keepdims=True), 1e-9))


def fingerprint(submissions: Sequence[Submission]) -> str:
    """SHA-256 over titles, texts and labels of a corpus, in whatever order."""
    parts = sorted("\0".join((s.title, s.text, s.lead, s.topic)) for s in submissions)
    return hashlib.sha256("\1".join(parts).encode()).hexdigest()


def _body(s: Submission) -> str:
    return s.text.replace(s.title, "", 1) if s.title else s.text


def _all(s: Submission) -> str:
    return f"{s.title}\n{_body(s)}"


def _small(values: Scores) -> NDArray[np.float32]:
    return values.astype(np.float32)


def _block(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Grams:
    return Grams(arrays[f"{name}.kept"].astype(np.int32), arrays[f"{name}.idf"].astype(np.float64))


def _words(arrays: Mapping[str, NDArray[np.generic]]) -> Words:
    return Words(arrays["words.kept"].astype(np.str_), arrays["words.idf"].astype(np.float64))


def _model(arrays: Mapping[str, NDArray[np.generic]], card: Card) -> Model:
    known = tuple(arrays["known"].tolist())
    features = Features(_block(arrays, "titles"), _block(arrays, "bodies"), _words(arrays), known)
    joint = Joint.of({name: arrays[f"joint.{name}"] for name in Joint.PARTS}) if "joint.labels" in arrays else None
    return Model(features, _head(arrays, "units"), _head(arrays, "topics"), float(arrays["outside"]), card, joint)


def _head(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Head | None:
    if f"{name}.labels" not in arrays:
        return None
    parts = [arrays[f"{name}.{part}"].astype(np.float64) for part in _HEAD]
    return Head(tuple(arrays[f"{name}.labels"].tolist()), *parts)
