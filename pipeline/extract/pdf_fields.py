"""What was filled into the form of a PDF page, or typed over it: in no text layer, but seen on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pypdfium2 import raw

from pipeline.extract.pages import Line, Page

_MOST = 500
_FIELDS = frozenset(
    getattr(raw, f"FPDF_FORMFIELD_{kind}") for kind in ("TEXTFIELD", "COMBOBOX", "LISTBOX", "CHECKBOX", "RADIOBUTTON")
)
_SAME, _SIDE = 0.5, 3.0


def flattened(page: Any) -> bool:
    """Whether words of fields and notes were made part of a page, which must then be opened anew."""
    worded = any(_annotations(page))
    return worded and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS


def _annotations(page: Any) -> Iterator[bool]:
    """Whether each annotation of a page holds words of the paper: a field but that of a signature, typed text."""
    form = getattr(page, "formenv", None)
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        kind = raw.FPDFAnnot_GetFormFieldType(form.raw, annotation) if form else raw.FPDF_FORMFIELD_UNKNOWN
        yield kind in _FIELDS or raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FREETEXT
        raw.FPDFPage_CloseAnnot(annotation)


def with_values(before: Page, after: Page) -> Page:
    """The page as it was before its fields were filled in, with every value beside its label as a row of cells.

    The next lines of a value go into its cell; a value without a label stands where it is on the page.
    """
    known = {_mark(line) for line in before.lines}
    values = sorted((line for line in after.lines if _mark(line) not in known), key=lambda line: (line.top, line.left))
    lines = [line for line in after.lines if _mark(line) in known]
    last: Line | None = None
    for value in values:
        place = next((n for n, line in enumerate(lines) if line is last and _goes_on(line, value)), -1)
        label = place if place >= 0 else _label(lines, value)
        if place >= 0:
            last = lines[place] = _joined(lines[place], value, "\n")
        elif label >= 0:
            last = lines[label] = _joined(lines[label], value, "\t")
        else:
            lines.insert(sum(line.top <= value.top for line in lines), value)
            last = None
    return replace(after, lines=tuple(lines))


def _mark(line: Line) -> tuple[str, int, int]:
    return line.text, round(line.left), round(line.top)


def _label(lines: Sequence[Line], value: Line) -> int:
    """The place of the line that ends nearest to the left of a value on its height, -1 where none does."""
    beside = [n for n, line in enumerate(lines) if line.right <= value.left + _SIDE and _level(line, value)]
    return max(beside, key=lambda n: lines[n].right, default=-1)


def _level(line: Line, value: Line) -> bool:
    shared = min(line.bottom, value.bottom) - max(line.top, value.top)
    return shared >= min(line.size, value.size) * _SAME


def _goes_on(line: Line, value: Line) -> bool:
    """Whether a value is the next line of the one that a row of cells ends with."""
    return bool(line.cells) and line.left < value.left < line.right and 0 < value.bottom - line.bottom < value.size * 2


def _joined(line: Line, value: Line, mark: str) -> Line:
    """A label with its value, or a row with the next line of its value."""
    cells = line.cells or (line.text,)
    cells = (*cells, value.text) if mark == "\t" else (*cells[:-1], f"{cells[-1]}\n{value.text}")
    return Line("\t".join(cells), line.left, line.top, max(line.right, value.right), value.bottom, cells)
