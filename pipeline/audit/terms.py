"""The telling words of a text, weighed by rarity: what tells one matter, or one ask, from another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.audit.wording import pattern
from pipeline.profile import Profile
from pipeline.text import rarity, words

TELLING = 0.5
_COUNTED = re.compile(r"[\d一二三四五六七八九十两几]")
_NAME = 0.8
_LETTER = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a text that tell of its matter, weighed by rarity."""

    weights: dict[str, float]

    def share_in(self, text: str, enough: float = float("inf")) -> float:
        """How much of the weight is said in `text`, 0–1; a part of a longer word counts half (停车场, 停车位).

        `enough` weight said is as good as all: a long ask is not repeated in full by its answer.
        """
        total = min(sum(self.weights.values()), enough)
        if not total:
            return 0.0
        said = (weight if word in text else weight * _half(word, text) for word, weight in self.weights.items())
        return min(1.0, sum(said) / total)

    def without(self, common: frozenset[str], faint: float) -> Terms:
        """The same words, `common` ones weighing `faint` as much."""
        return Terms({word: weight * (faint if word in common else 1.0) for word, weight in self.weights.items()})

    def names(self, text: str) -> bool:
        """Whether `text` says one of the telling words."""
        return any(weight >= TELLING and word in text for word, weight in self.weights.items())

    def hints(self, text: str) -> bool:
        """Whether `text` says a telling word or a part of one (停车 of 停车场)."""
        return any(weight >= TELLING and _telling_part(word, text) for word, weight in self.weights.items())

    def telling(self) -> list[str]:
        """The words that by themselves tell a matter from another."""
        return [word for word, weight in self.weights.items() if weight >= TELLING]


def _half(word: str, text: str) -> float:
    return 0.5 if len(word) > 2 and (word[:2] in text or word[-2:] in text) else 0.0


def _telling_part(word: str, text: str) -> bool:
    if word in text:
        return True
    return len(word) > 2 and any(part in text and rarity(part) >= TELLING for part in (word[:2], word[-2:]))


@lru_cache(maxsize=4096)
def terms(text: str, profile: Profile) -> Terms:
    """The telling words of a text, without the profile's 停用词; kept, for many rules ask for those of one title."""
    stop = set(profile.words("停用词"))
    return Terms({word: _weight(word) for word in words(text) if len(word) > 1 and word not in stop})


def _weight(word: str) -> float:
    """The rarity of a word; counted things (三组, 40) tell half as much."""
    return rarity(word) * (0.5 if _COUNTED.match(word) else 1.0)


def own_words(text: str, profile: Profile) -> list[str]:
    """The telling words of an answer but for those of any office's procedure (立项、争取、初步设计)."""
    usual = pattern(profile, "步骤词", "前期词", "实做词", "空泛词", "上报词", "拒绝词")
    return [word for word in terms(text, profile).telling() if not usual.search(word)]


@lru_cache(maxsize=1024)
def unknown_names(text: str, profile: Profile) -> frozenset[str]:
    """Runs of characters that the segmenter's dictionary does not join: names of places and things (早渡)."""
    runs = [""]
    for word in words(text):
        runs = [*runs[:-1], runs[-1] + word] if len(word) == 1 and _LETTER.match(word) else [*runs, ""]
    little = pattern(profile, "虚字")
    return frozenset(part for run in runs for part in little.sub(" ", run).split() if len(part) > 1)


def shares_a_name(asked: str, text: str, profile: Profile) -> bool:
    """Whether both say the same three characters with a telling word in them, however the words were cut."""
    found = {asked[i : i + 3] for i in range(len(asked) - 2) if asked[i : i + 3] in text}
    little = pattern(profile, "虚字")
    proper = (gram for gram in sorted(found) if re.fullmatch(r"[\u4e00-\u9fff]{3}", gram))
    return any(_is_name(words(gram)) for gram in proper if not little.search(gram))


def _is_name(cut: Sequence[str]) -> bool:
    """Whether three characters are a rare word with one more, or a name that the dictionary does not know at all."""
    return all(len(word) == 1 for word in cut) or any(len(word) > 1 and rarity(word) > _NAME for word in cut)
