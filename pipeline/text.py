"""Normal form, sentences and words: the only user of the segmenter and of the script converter."""

from __future__ import annotations

import math
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any

_PUNCTUATION = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"})
_NARROW = re.compile(r"[()]|(?<![0-9A-Za-z])[,;:?!](?!//)|[,;:?!](?![0-9A-Za-z/])")
_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u3000]+")
_NOT_WORD = re.compile(r"[\W_]+")
_CLOSERS = "”’」』）)】》〉\"'"
_SENTENCE_END = re.compile(rf"(?:[。！？!?]+|……|\n)[{_CLOSERS}]*")
_FOUR = re.compile(r"^(\S{4}) \d+ ([il])\r?$", re.MULTILINE)
_COUNT = re.compile(r"^(\S{2,}) (\d+)", re.MULTILINE)
_SORT = re.compile(r"^(\S{2,}) \d+ ([vmqtdpfrc])", re.MULTILINE)
_NAME = re.compile(r"^(\S{2,}) \d+ n[rs]", re.MULTILINE)
_BETWEEN = 0.4
_OPEN = {"（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `source[start:end] == text`."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=2048)
def normal(text: str) -> str:
    """The comparable form of a text: NFKC, simplified, lower case, no blanks, no punctuation.

    >>> normal("关于修建 ＡＢ 路（二期）的建議")
    '关于修建ab路二期的建议'
    """
    return _NOT_WORD.sub("", simplified(unicodedata.normalize("NFKC", text)).lower())


def squeezed(text: str) -> str:
    """The text without any blank: Chinese print puts them anywhere (“通　知”)."""
    return _BLANKS.sub("", text)


def punctuated(text: str) -> str:
    """The text with ASCII sentence marks and brackets made full-width, character for character (offsets hold)."""
    return text.translate(_PUNCTUATION)


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters; text that is simplified already comes back unchanged."""
    return str(_converter().convert(text))


def one_for_one(text: str) -> str:
    """The text in simplified characters with full-width sentence marks, as long as it was (4,800 and 8:30 stay).

    >>> one_for_one("縣城,8:30開通(2条),补4,800元.")
    '县城，8:30开通（2条），补4,800元.'
    """
    made = simplified(text)
    if len(made) != len(text):
        made = "".join(short if len(short := simplified(char)) == 1 else char for char in text)
    return _NARROW.sub(lambda match: punctuated(match.group()), made)


def sentences(text: str) -> list[Span]:
    """The sentences of a text, closing quotes and brackets kept with them, blank ones left out.

    A full stop inside an open bracket or title mark does not end the sentence.

    >>> [s.text for s in sentences("他说：“好。”然后走了（见附件。共三页）。下一步")]
    ['他说：“好。”', '然后走了（见附件。共三页）。', '下一步']
    """
    found, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if match.group()[0] != "\n" and _is_open(text[start : match.start()]):
            continue
        found.append(_trimmed(text, start, match.end()))
        start = match.end()
    found.append(_trimmed(text, start, len(text)))
    return [span for span in found if span.text]


def clauses(text: str, marks: str = "，；。！？,;!?\n") -> list[Span]:
    """The stretches between sentence marks and commas, without the marks, blank ones left out."""
    found = [_trimmed(text, m.start(), m.end()) for m in re.finditer(f"[^{re.escape(marks)}]+", text)]
    return [span for span in found if span.text]


def _is_open(text: str) -> bool:
    """Whether a bracket or title mark of the last 200 characters is still open."""
    tail = text[-200:]
    return any(tail.count(opener) > tail.count(closer) for opener, closer in _OPEN.items())


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(text[start:end], start, end)


@cache
def _segmenter() -> Callable[[str], Iterable[str]]:
    """The cutter: rjieba, or jieba itself with BANLI_SEGMENTER=jieba or where rjieba is not installed.

    Both have the same dictionary; without guessing of new words they cut Chinese text alike, rjieba 16 times faster.
    """
    if os.environ.get("BANLI_SEGMENTER", "rjieba") == "rjieba" and find_spec("rjieba"):
        import rjieba

        return partial(rjieba.Jieba().cut, hmm=False)
    import jieba

    jieba.setLogLevel("ERROR")
    return partial(jieba.Tokenizer().lcut, HMM=False)


def words(text: str) -> list[str]:
    """The words of a text in order (jieba's dictionary, no guessing of new words), without blanks and marks.

    >>> words("河东村的路灯，不亮")
    ['河东村', '的', '路灯', '不', '亮']
    """
    return [word for word in _segmenter()(text) if not _NOT_WORD.fullmatch(word)]


def word_starts(text: str) -> list[int]:
    """The offsets at which a word of the segmenter's dictionary begins, and the end of the text.

    >>> word_starts("机动车通行")
    [0, 3, 5]
    """
    return list(accumulate(map(len, _segmenter()(text)), initial=0))


def straddles(before: str, after: str) -> bool:
    """Whether a word of the segmenter's dictionary would begin in one text and end in the next.

    >>> straddles("推动办理工", "作落实"), straddles("推动办理工作", "各单位")
    (True, False)
    """
    left, right = squeezed(before)[-6:], squeezed(after)[:6]
    return bool(left and right) and len(left) not in word_starts(left + right)


def grams(text: str, low: int, high: int) -> list[str]:
    """The character n-grams of a text for n from `low` to `high`."""
    return [text[i : i + n] for n in range(low, high + 1) for i in range(len(text) - n + 1)]


def _dictionary() -> str:
    """The segmenter's dictionary: a line for each word with its count and part of speech."""
    package = find_spec("jieba")  # found, not imported: that takes longer than reading the file
    return Path(str(package and package.origin)).with_name("dict.txt").read_bytes().decode()


@cache
def idioms() -> Mapping[str, bool]:
    """The idioms and set phrases of four characters; the value says whether it is a proper idiom (成语)."""
    return {word: kind == "i" for word, kind in _FOUR.findall(_dictionary())}


@cache
def _sorts() -> dict[str, str]:
    return dict(_SORT.findall(_dictionary()))


def sort_of(word: str) -> str:
    """The part of speech of a word that is no noun, by the segmenter's dictionary; empty for nouns and unknown words.

    v verb, m number, q measure, t time, d adverb, p preposition, f direction, r pronoun, c conjunction.

    >>> sort_of("安装"), sort_of("三处"), sort_of("路灯")
    ('v', 'm', '')
    """
    return _sorts().get(word, "")


@cache
def _proper() -> frozenset[str]:
    return frozenset(_NAME.findall(_dictionary()))


def is_proper(word: str) -> bool:
    """Whether the segmenter's dictionary has a word as the name of a place or a person.

    >>> is_proper("长江"), is_proper("路灯")
    (True, False)
    """
    return word in _proper()


@cache
def _commonness() -> dict[str, float]:
    counts = {word: float(count) for word, count in _COUNT.findall(_dictionary())}
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}


@lru_cache(maxsize=2**16)
def rarity(word: str) -> float:
    """How much a word tells of a matter, 0–1, by its frequency in the segmenter's dictionary; unknown words tell most.

    >>> rarity("工作") < rarity("路灯") <= 1.0
    True
    """
    return _rarity(_commonness().get(word, 0.0))


def _rarity(share: float) -> float:
    return min(1.0, max(0.0, (-math.log10(share + 1e-8) - 2.5) / 4.0))


@cache
def _pairs() -> dict[str, float]:
    """How rare two characters stand side by side in the words of the dictionary, by their share of its words."""
    counts: dict[str, float] = {}
    for word, share in _commonness().items():
        for pair in map(str.__add__, word, word[1:]):
            counts[pair] = counts.get(pair, 0.0) + share
    return {pair: _rarity(share) for pair, share in counts.items()}


def pair_rarity(pair: str) -> float:
    """How much two neighbouring characters tell of a matter, 0–1; those of no word tell little: they join two words.

    >>> pair_rarity("工作") < pair_rarity("路灯") > pair_rarity("灯在")
    True
    """
    return _pairs().get(pair, _BETWEEN)
