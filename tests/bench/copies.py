"""Planted copies among texts of the demonstration county's sentences: a gold for the near-copy stage, made by script.

`python -m tests.bench.copies [texts] [share]` makes so many texts of about 400 characters (default 20000), plants
copies of six kinds for a share of them (default 0.05) and prints recall by kind, precision, time and memory; where
datasketch is installed and there are at most 100,000 texts, also its MinHashLSH on the same texts.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from pipeline.recur.near import near_copies
from pipeline.text import normal, sentences

TEXTS = Path(__file__).parents[2] / "corpora" / "yunhe" / "texts" / "submissions"
LENGTH = 400
_SYNONYMS = (
    "建议 希望 尽快 早日 修建 建设 群众 老百姓 加强 强化 目前 当前 存在 出现 困难 难处 严重 突出 增加 增设 "
    "维修 整修 安排 落实 资金 经费 解决 处理 问题 情况 村民 乡亲 方便 便利 影响 妨碍 提高 提升 完善 健全 "
    "没有 缺少 需要 应当 学生 孩子 附近 周边 经常 常常 由于 因为 并且 而且 全县 我县 部门 单位 及时 按时"
)
SYNONYMS = dict(zip(_SYNONYMS.split()[::2], _SYNONYMS.split()[1::2], strict=True))
Random = np.random.Generator


@dataclass(frozen=True)
class Planted:
    """Texts in normal form, and the planted pairs with their kind."""

    texts: list[str]
    gold: dict[tuple[int, int], str]


def planted(number: int, share: float, seed: int = 0) -> Planted:
    """So many texts, of which `share` have one copy planted somewhere among them."""
    random = np.random.default_rng(seed)
    copies = int(number * share)
    texts = [_text(random) for _ in range(number - copies)]
    kinds = list(KINDS)
    gold = {}
    for n, source in enumerate(random.choice(len(texts), copies, replace=False).tolist()):
        kind = kinds[n % len(kinds)]
        gold[source, len(texts)] = kind
        texts.append(KINDS[kind](texts[source], random))
    order = random.permutation(len(texts))
    place = np.argsort(order)
    pairs = {tuple(sorted((int(place[a]), int(place[b])))): kind for (a, b), kind in gold.items()}
    return Planted([normal(texts[i]) for i in order.tolist()], pairs)  # type: ignore[arg-type]


@cache
def _pool() -> list[str]:
    """The sentences of the county's submissions."""
    bodies = (path.read_text(encoding="utf-8").split("+++", 2)[2] for path in sorted(TEXTS.glob("*.md")))
    return sorted({s.text.strip() for body in bodies for s in sentences(body) if 12 <= len(s.text) <= 80})


def _text(random: Random) -> str:
    """About 400 characters: sentences of the pool in any order, a quarter of their characters changed at random."""
    told, length = [], 0
    while length < LENGTH:
        told.append(_pool()[int(random.integers(len(_pool())))])
        length += len(told[-1])
    return _changed("".join(told), random, 0.25)


def _changed(text: str, random: Random, share: float) -> str:
    """A share of the characters replaced by others of the pool."""
    letters = np.array(list(text))
    at = random.choice(len(letters), int(len(letters) * share), replace=False)
    letters[at] = random.choice(_letters(), len(at))
    return "".join(letters.tolist())


@cache
def _letters() -> np.ndarray:
    return np.array(sorted({sign for text in _pool() for sign in text if "\u4e00" <= sign <= "\u9fff"}))


def _reordered(text: str, random: Random) -> str:
    parts = [s.text for s in sentences(text)]
    return "".join(parts[i] for i in random.permutation(len(parts)).tolist())


def _with_synonyms(text: str, _random: Random) -> str:
    for word, other in SYNONYMS.items():
        text = text.replace(word, other)
    return text


def _repunctuated(text: str, _random: Random) -> str:
    return text.replace("，", ", ").replace("。", "；").replace("、", " ")


KINDS: dict[str, Callable[[str, Random], str]] = {
    "identical": lambda text, random: text,
    "punctuation": _repunctuated,
    "reordered": _reordered,
    "synonyms": _with_synonyms,
    "five percent": lambda text, random: _changed(text, random, 0.05),
    "truncated": lambda text, random: text[: int(len(text) * 0.6)],
}


def measure(case: Planted) -> dict[str, float]:
    """Recall by kind, of all, and precision of the near-copy stage; a pair that nobody planted counts against it."""
    found = {(left, right) for left, right, _ in near_copies(case.texts)}
    kinds = Counter(case.gold.values())
    hit = Counter(kind for pair, kind in case.gold.items() if pair in found)
    told = {f"recall {kind}": hit[kind] / kinds[kind] for kind in KINDS if kinds[kind]}
    return told | {
        "recall": len(found & set(case.gold)) / len(case.gold),
        "precision": len(found & set(case.gold)) / max(len(found), 1),
    }


def peer(case: Planted) -> tuple[float, float]:
    """CPU seconds and recall of datasketch's MinHashLSH (128 permutations, threshold 0.5) on the same 4-grams."""
    from datasketch import MinHash, MinHashLSH

    start = time.process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    found: set[tuple[int, int]] = set()
    for number, text in enumerate(case.texts):
        made = MinHash(num_perm=128)
        made.update_batch([text[i : i + 4].encode() for i in range(len(text) - 3)])
        found.update((other, number) for other in index.query(made))
        index.insert(number, made)
    return time.process_time() - start, len(found & set(case.gold)) / len(case.gold)


def main() -> int:
    number, share = int((sys.argv[1:] or ["20000"])[0]), float((sys.argv[2:] or ["0.05"])[0])
    case = planted(number, share)
    start = time.process_time()
    told = measure(case)
    seconds = time.process_time() - start
    start = time.process_time()
    for text in case.texts:
        len({hash(text[i : i + 4]) for i in range(len(normal(text)) - 3)})
    once = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{number} texts, {len(case.gold)} copies planted: {seconds:.1f} CPU s, peak {memory:.0f} MB")
    print(f"{seconds / once:.2f} times the time of normalising and hashing every 4-gram once in Python ({once:.1f} s)")
    for name, value in told.items():
        print(f"{name}\t{value:.4f}")
    if find_spec("datasketch") and number <= 100_000:
        theirs, recall = peer(case)
        print(f"datasketch MinHashLSH: {theirs:.1f} CPU s, {theirs / seconds:.1f} times ours; recall {recall:.4f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
