"""Planted copies among texts of the demonstration county's sentences: a gold for the near-copy stage, made by script.

`python -m tests.bench.copies [texts …]` makes so many texts of about 400 characters, plants copies
of six kinds for 1 %, 5 % and 20 % of the fewest and 5 % of the others, and prints recall by kind, precision, CPU time
and memory, the time beside that of normalising and hashing every shingle once, and how both grow; where datasketch is
installed, also its MinHashLSH on 100,000. Default: 10000 100000. Everything runs in one process.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from pipeline.grams import grams_of
from pipeline.recur.near import near_copies
from pipeline.text import normal, sentences

TEXTS = Path(__file__).parents[2] / "corpora" / "yunhe" / "texts" / "submissions"
LENGTH = 400
PEER_LEAST, PEER_MOST = 50_000, 100_000
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
    copies, kinds = int(number * share), list(KINDS)
    place = random.permutation(number).tolist()
    texts, gold = [""] * number, {}
    for n in range(number - copies):
        text = _text(random)
        texts[place[n]] = normal(text)
        if n < copies:
            kind, copy = kinds[n % len(kinds)], place[number - 1 - n]
            texts[copy] = normal(KINDS[kind](text, random))
            gold[min(place[n], copy), max(place[n], copy)] = kind
    return Planted(texts, gold)


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


def timed(work: Callable[[], object]) -> float:
    """CPU seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def peak() -> float:
    """The most memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """By which power of the size the cost grows: the slope of a line through the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def once(texts: Sequence[str]) -> None:
    """Hash every 4-gram of every text once, in batches as the stage does."""
    for start in range(0, len(texts), 160):
        grams_of(texts[start : start + 160], 4)


def peer(case: Planted) -> tuple[float, float]:
    """CPU seconds and recall of datasketch's MinHashLSH (128 permutations, threshold 0.5) on the same 4-grams."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    found: set[tuple[int, int]] = set()

    def work() -> None:
        for number, text in enumerate(case.texts):
            made = MinHash(num_perm=128)
            made.update_batch([text[i : i + 4].encode() for i in range(len(text) - 3)])
            found.update((other, number) for other in index.query(made))
            index.insert(number, made)

    return timed(work), len(found & set(case.gold)) / len(case.gold)


def shown(number: int, share: float) -> tuple[float, float]:
    """Print what the stage finds among so many texts; its CPU seconds, and the peak in MB."""
    case = planted(number, share)
    told: dict[str, float] = {}
    seconds = timed(lambda: told.update(measure(case)))
    print(f"\n{number} texts, {len(case.gold)} copies planted ({share:.0%}): {seconds:.2f} CPU s, peak {peak():.0f} MB")
    print("  " + ", ".join(f"{name} {value:.4f}" for name, value in told.items()))
    form, hashes = timed(lambda: [normal(text) for text in case.texts]), timed(lambda: once(case.texts))
    print(
        f"  normalising {form:.2f} s, hashing every 4-gram once {hashes:.2f} s: normalising and finding is "
        f"{(form + seconds) / (form + hashes):.2f} times that, finding alone {seconds / hashes:.2f} times the hashing"
    )
    if find_spec("datasketch") and PEER_LEAST <= number <= PEER_MOST:
        theirs, recall = peer(case)
        print(f"  datasketch MinHashLSH: {theirs:.1f} CPU s, {theirs / seconds:.1f} times ours; recall {recall:.4f}")
    return seconds, peak()


def main() -> int:
    """Run all sizes, the fewest first: the peak of a process only grows."""
    sizes = sorted(map(int, sys.argv[1:])) or [10_000, 100_000]
    near_copies([_text(np.random.default_rng(0))] * 2)
    for share in (0.01, 0.2):
        shown(sizes[0], share)
    costs = [shown(number, 0.05) for number in sizes]
    if len(sizes) > 1:
        time_grows, memory_grows = (exponent(sizes, values) for values in zip(*costs, strict=True))
        print(f"\ntime grows with the texts to the power of {time_grows:.2f}, memory {memory_grows:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
