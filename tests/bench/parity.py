"""Fields and asks of the demonstration county's submissions, read out of DOCX, PDF and scan of the same text.

`python -m tests.bench.parity [20]` (how many to scan, 0 for none): shares of submissions whose field is the same as in
the written text (title, number, session, proposers, co-signers, delegation) and whose asks agree between formats.
Scans need the extra `ocr`.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from pipeline.extract import extract, ocr
from pipeline.parse import parse
from pipeline.profile import Profile, default_folder, load
from pipeline.records import File, Submission

COUNTY = Path(__file__).parents[2] / "corpora" / "yunhe"
_BETWEEN = re.compile(r"[\s、，,；]")
FIELDS = ("title", "number", "session", "proposers", "cosigners", "delegation")


def submissions() -> list[tuple[Any, dict[str, bytes]]]:
    """Every submission with its bytes as DOCX and PDF."""
    sys.path.insert(0, str(COUNTY))
    from build_docx import docx_bytes
    from build_pdf import pdf_bytes
    from build_sheets import submission_sheet
    from build_texts import of_folder, read_items

    found = []
    for item in of_folder(read_items(COUNTY / "texts"), "submissions"):
        page = submission_sheet(item)
        found.append((item, {"docx": docx_bytes(page), "pdf": pdf_bytes(page)}))
    return found


def printed(chosen: Sequence[tuple[Any, dict[str, bytes]]]) -> list[bytes]:
    """The letters as LibreOffice prints them with the machine's fonts; where it is absent, the corpus's PDFs."""
    office = shutil.which("soffice")
    if office is None:
        return [files["pdf"] for _, files in chosen]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.docx") for number in range(len(chosen))]
        for path, (_, files) in zip(paths, chosen, strict=True):
            path.write_bytes(files["docx"])
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return [path.with_suffix(".pdf").read_bytes() for path in paths]


def scanned(data: bytes, dpi: int = 150) -> bytes:
    """A PDF as a scanner gives it back: pictures with noise and a slight slant."""
    pages = []
    for number, page in enumerate(pdfium.PdfDocument(data)):
        image = page.render(scale=dpi / 72).to_pil().convert("RGB")
        image = image.rotate(0.5, resample=Image.Resampling.BICUBIC, fillcolor="white")
        image = image.filter(ImageFilter.GaussianBlur(0.5))
        noisy = np.asarray(image, float) + np.random.default_rng(number).normal(0, 8, (image.height, image.width, 3))
        pages.append(Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)))
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return stream.getvalue()


def parsed(name: str, data: bytes, profile: Profile) -> Submission | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        documents = [item for item in extract([File(name, str(path), "")], profile) if hasattr(item, "blocks")]
        found = [item for item in parse(documents, profile) if isinstance(item, Submission)]
    return found[0] if len(found) == 1 else None


def plain(value: object) -> str:
    return (
        "".join(str(part) for part in value)
        if isinstance(value, Sequence) and not isinstance(value, str)
        else str(value)
    )


def alike(one: str, two: str) -> bool:
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= 0.95


def compared(
    pairs: Sequence[tuple[Any, bytes, bytes]], form: str, profile: Profile, say: Callable[[str], None]
) -> None:
    same: Counter[str] = Counter()
    for item, first, second in pairs:
        one, two = parsed("a.docx", first, profile), parsed(f"b.{'docx' if form == 'docx' else 'pdf'}", second, profile)
        if one is None or two is None:
            say(f"  {item.get('title')}: not one submission ({one is not None}, {two is not None})")
            continue
        for field in FIELDS:
            wanted, found = plain(item.get(field) or ""), plain(getattr(two, field))
            right = _BETWEEN.sub("", wanted) == _BETWEEN.sub("", found)
            same[field] += right
            if not right and form == "scan":
                say(f"  {field}: {wanted} | {found}")
        asks = [["".join(ask.text.split()) for ask in side.asks] for side in (one, two)]
        same["asks"] += asks[0] == asks[1]
        same["ask count"] += len(asks[0]) == len(asks[1])
        same["asks alike"] += len(asks[0]) == len(asks[1]) and all(map(alike, *asks))
        if asks[0] != asks[1]:
            say(f"  asks differ: {item.get('title')}: " + " | ".join(sorted(set(asks[0]) ^ set(asks[1]))))
    say(
        f"{form}: {len(pairs)} submissions, "
        + ", ".join(f"{name} {count / len(pairs):.2f}" for name, count in same.items())
    )


def main() -> int:
    profile, every = load(default_folder()), submissions()
    for form in ("docx", "pdf"):
        compared([(item, files["docx"], files[form]) for item, files in every], form, profile, print)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    if ocr.available() and count:
        chosen = every[:: max(len(every) // count, 1)][:count]
        scans = [scanned(data) for data in printed(chosen)]
        compared(
            [(item, files["docx"], scan) for (item, files), scan in zip(chosen, scans, strict=True)],
            "scan",
            profile,
            print,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
