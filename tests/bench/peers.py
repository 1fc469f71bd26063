"""What other libraries do with the same bytes, in the same run; each reads all text that its usual loop reads."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec

Reader = Callable[[bytes], str]


def pdfplumber_loop(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as book:
        return "\n".join(page.extract_text() or "" for page in book.pages)


def pdfplumber_tables(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as book:
        return "\n".join((page.extract_text() or "") + str(page.extract_tables()) for page in book.pages)


def pypdf_loop(data: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def pdftotext(data: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return subprocess.run(["pdftotext", file.name, "-"], capture_output=True, check=True).stdout.decode()


def docx_paragraphs(data: bytes) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def docx_with_tables(data: bytes) -> str:
    import docx

    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def docx2python_text(data: bytes) -> str:
    from docx2python import docx2python

    with docx2python(io.BytesIO(data)) as found:
        return str(found.text)


def peers(suffix: str) -> dict[str, Reader]:
    """The peers of a format that this machine has."""
    if suffix == ".pdf":
        found: dict[str, Reader] = {"pdfplumber": pdfplumber_loop, "pdfplumber with tables": pdfplumber_tables}
        found |= {"pypdf": pypdf_loop} if find_spec("pypdf") else {}
        return found | ({"pdftotext": pdftotext} if shutil.which("pdftotext") else {})
    found = {"python-docx paragraphs": docx_paragraphs, "python-docx with tables": docx_with_tables}
    return found | ({"docx2python": docx2python_text} if find_spec("docx2python") else {})


def best(run: Callable[[], object], times: int = 3) -> float:
    """The shortest time of a few runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)
