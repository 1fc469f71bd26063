"""Pairs of a submission and its letter for the benchmarks, about 400 characters each, of the county's sentences.

`python -m tests.bench.letters [pairs] [processes]` parses and audits them, as `banli run` does, in as many processes
(1), and prints the seconds of each step by the clock and the greatest memory of any process.
"""

from __future__ import annotations

import resource
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np

from pipeline.audit import Case, audited, portions
from pipeline.engines import engine
from pipeline.kinds import kind_of
from pipeline.parse import parse
from pipeline.profile import Profile, default_folder, load
from pipeline.records import Block, Document, Reply, Submission
from pipeline.text import sentences

TEXTS = Path(__file__).parents[2] / "corpora" / "yunhe" / "texts"
LONG = 400
PAIRS = 10_000
PORTION = 100
SEED = 11
LATEST, YEARS = 2025, 10
"""Ten thousand letters are what a county gets in ten years and more, not in one round."""


def pairs(count: int, profile: Profile) -> list[Document]:
    """`count` submissions and as many letters: sentences of real length drawn at random, a title and a form around."""
    random = np.random.default_rng(SEED)
    asked, answered = (_sentences(TEXTS / folder) for folder in ("submissions", "replies"))
    found = []
    for number in range(1, count + 1):
        title = f"关于{asked[int(random.integers(len(asked)))][:12]}的建议"
        head = f"关于县十七届人大四次会议第{number}号建议的答复\n李大山代表：\n您提出的《{title}》收悉，现答复如下：\n"
        day = f"{LATEST - number % YEARS}年5月20日"
        foot = f"\n感谢您的支持。\n云禾县交通运输局\n{day}\n联系人：石磊　联系电话：0560-6031205"
        found.append(_document(f"建议/{number}.txt", title, f"{title}\n{_drawn(asked, random)}", profile))
        found.append(
            _document(f"答复/{number}.txt", head.split("\n", 1)[0], head + _drawn(answered, random) + foot, profile)
        )
    return found


def _sentences(folder: Path) -> list[str]:
    texts = (path.read_text(encoding="utf-8").split("+++")[-1] for path in sorted(folder.glob("*.md")))
    return [s.text for text in texts for s in sentences(text) if len(s.text) > 15 and s.text.endswith("。")]


def _drawn(lines: list[str], random: np.random.Generator) -> str:
    """Lines drawn at random until they hold `LONG` characters."""
    text = ""
    while len(text) < LONG:
        text += lines[int(random.integers(len(lines)))] + ("\n" if random.random() < 0.3 else "")
    return text


def _document(source: str, title: str, text: str, profile: Profile) -> Document:
    blocks = tuple(Block(line) for line in text.split("\n"))
    kind = kind_of(title, text, profile)
    return Document(source, source, kind, title, text, blocks=blocks)


def main(count: int, processes: int) -> None:
    """Print what parsing and auditing take."""
    profile = load(default_folder())
    run = engine(f"processes:{processes}") if processes > 1 else map
    papers = pairs(count, profile)
    start = time.monotonic()
    groups = [papers[at : at + PORTION] for at in range(0, len(papers), PORTION)]
    records = [record for found in run(partial(parse, profile=profile), groups) for record in found]
    parsed = time.monotonic()
    asked = {r.source.split("/")[1]: r for r in records if isinstance(r, Submission)}
    cases = [Case(r, asked.get(r.source.split("/")[1])) for r in records if isinstance(r, Reply)]
    audits = [a for found in run(partial(audited, profile=profile), portions(cases, profile, PORTION)) for a in found]
    took = f"识别 {parsed - start:.1f} 秒，审核 {time.monotonic() - parsed:.1f} 秒（{processes} 个进程）"
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{count} 对，{took}，内存 {own:.0f} MB，另一进程 {child:.0f} MB，审核 {len(audits)} 份")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
