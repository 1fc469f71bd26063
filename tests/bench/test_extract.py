"""Reading speed beside its peers, growth with the number of files, and memory. `make bench` prints the tables."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.extract import docx, extract, find_files, pdf
from pipeline.extract.draft import inked
from tests.bench import papers
from tests.bench.peers import best, peers

pytestmark = pytest.mark.bench

CASES: dict[str, tuple[str, Callable[[], bytes], Callable[[bytes], object], int]] = {
    "text PDF": (".pdf", lambda: papers.letter_pdf(8), pdf.read, 8),
    "short text PDF": (".pdf", lambda: papers.letter_pdf(2), pdf.read, 2),
    "two-column PDF": (".pdf", lambda: papers.columns_pdf(4), pdf.read, 4),
    "ruled PDF": (".pdf", lambda: papers.table_pdf(4), pdf.read, 4),
    "Word letter": (".docx", papers.letter_docx, docx.read, 1),
    "long Word file": (".docx", lambda: papers.letter_docx(1500, 200), docx.read, 1),
}


@pytest.mark.parametrize("name", CASES)
def test_speed_beside_peers(name):
    suffix, make, read, units = CASES[name]
    data = make()
    draft = read(data)
    own, kept = best(lambda: read(data), 5), inked(block.text for block in draft.blocks)
    print(f"\n{name}: {units / own:.0f} a second, {kept} characters")
    ratios = {}
    for peer, run in peers(suffix).items():
        ratios[peer] = best(lambda run=run: run(data), 2) / own
        print(f"  {ratios[peer]:6.1f} × {peer} ({inked([run(data)])} characters)")
    assert next(iter(ratios.values())) > 1


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_what_the_stage_adds_to_reading(kind, tmp_path, profile):
    data, read = {"pdf": (papers.letter_pdf(2), pdf.read), "docx": (papers.letter_docx(30, 4), docx.read)}[kind]
    for number in range(60):
        (tmp_path / f"{number:04d}.{kind}").write_bytes(data)
    files = find_files(tmp_path)
    extract(files[:2], profile)
    alone, whole = best(lambda: read(data), 5), best(lambda: extract(files, profile), 2) / len(files)
    print(
        f"\n.{kind}: {whole * 1000:.1f} ms a file, {alone * 1000:.1f} ms of it reading, the rest cleaning and guarding"
    )
    assert whole < alone + 0.25


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_time_grows_with_the_files_and_memory_does_not(kind, tmp_path, profile):
    make = {"pdf": lambda n: papers.letter_pdf(2, n), "docx": lambda n: papers.letter_docx(30, 4, n)}[kind]
    variants = [make(number) for number in range(20)]
    seconds, memory = {}, {}
    for count in (10, 100, 1000):
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            (folder / f"{number:04d}.{kind}").write_bytes(variants[number % 20])
        files = find_files(folder)
        start = time.perf_counter()
        for first in range(0, count, 100):
            assert len(extract(files[first : first + 100], profile)) == len(files[first : first + 100])
        seconds[count] = time.perf_counter() - start
        gc.collect()
        memory[count] = _resident()
        print(
            f"\n{count} .{kind}: {seconds[count]:.2f} s, {count / seconds[count]:.0f} a second, {memory[count]:.0f} MB"
        )
    assert seconds[1000] < seconds[100] * 14
    assert memory[1000] - memory[100] < 60


def _resident() -> float:
    """The memory of this process in MB, 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if status.exists() else 0.0
