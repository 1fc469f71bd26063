"""What a Word part holds and its reader does not see: deletions, hidden text, second copies of drawings (R-ING-09)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.extract.docx_lines import TEXTS, P
from pipeline.extract.styles import W, hides
from pipeline.records import Removal

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DEL, _MOVED, _RUBY, _BOX = W + "del", W + "moveFrom", W + "rt", W + "txbxContent"
_VANISH, _RUN, _MARK, _ROW = W + "vanish", W + "r", W + "rPr", W + "trPr"
_BRANCHES, _OLD, _CODE, _FIELD = _MC + "AlternateContent", W + "pPrChange", W + "instrText", W + "fldChar"
_SPECIAL = (_DEL, _MOVED, _RUBY, _BOX, _VANISH, _BRANCHES, _OLD, _CODE)
_STYLES = (W + "rStyle", W + "pStyle")
_HIDDEN = "隐藏文字（Word 里不显示）"


class Unseen:
    """What was found on taking the unseen out of a tree: text removed, text boxes by their paragraph, contents."""

    def __init__(self) -> None:
        self.removed: list[Removal] = []
        self.boxes: dict[Any, list[Any]] = {}
        self.contents: set[Any] = set()
        self._hidden: frozenset[str] = frozenset()

    def take_out(self, root: Any, hidden: frozenset[str]) -> None:
        """Take all that is not seen out of a tree; `hidden` holds the styles whose text is not shown."""
        self._hidden = hidden
        found = list(root.iterdescendants(*_SPECIAL, *(_STYLES if hidden else ())))
        for element in found:
            self._settle(element)
        for element in reversed(found):
            if element.tag == _BOX:
                self._lift(element)

    def _settle(self, element: Any) -> None:
        tag = element.tag
        if tag in {_DEL, _MOVED}:
            _take_change(element)
        elif tag in {_RUBY, _OLD}:
            cut(element)
        elif tag == _BRANCHES:
            _choose(element)
        elif tag == _CODE:
            self._find_contents(element)
        elif tag == _VANISH and hides(element):
            self._hide_run(element.getparent().getparent())
        elif tag in _STYLES and element.get(W + "val") in self._hidden:
            self._hide_styled(element.getparent())

    def _hide_styled(self, properties: Any) -> None:
        """Take out the run or the runs of a paragraph in a hidden style, but those that switch it off."""
        holder = properties.getparent()
        for run in list(holder.iter(_RUN)) if holder is not None and holder.tag == P else (holder,):
            own = None if run is None else run.find(f"{_MARK}/{_VANISH}")
            if own is None or hides(own):
                self._hide_run(run)

    def _hide_run(self, run: Any) -> None:
        """Take out a hidden run; a hidden paragraph mark takes nothing with it."""
        if run is not None and run.tag == _RUN and run.getparent() is not None:
            text = "".join(run.itertext(*TEXTS, with_tail=False))
            self.removed += [Removal(text, _HIDDEN)] if text.strip() else []
            cut(run)

    def _lift(self, box: Any) -> None:
        """Take a text box out of its paragraph, inner ones before outer ones."""
        anchor = next(box.iterancestors(P), None)
        if anchor is not None:
            cut(box)
            self.boxes.setdefault(anchor, []).insert(0, box)

    def _find_contents(self, code: Any) -> None:
        """Note the paragraphs of a table of contents, from the field that makes it to where this field ends."""
        if not (code.text or "").lstrip().upper().startswith("TOC"):
            return
        paragraphs, depth = [next(code.iterancestors(P), None)], 1
        for element in _after(code):
            if element.tag == P:
                paragraphs.append(element)
                continue
            depth += {"begin": 1, "end": -1}.get(element.get(W + "fldCharType", ""), 0)
            if not depth:
                self.contents.update(paragraphs)
                return


def _after(element: Any) -> Iterator[Any]:
    """The paragraphs and field marks that follow an element in the order of the part."""
    place = element
    while place is not None:
        for follower in place.itersiblings():
            yield from follower.iter(P, _FIELD)
        place = place.getparent()


def _take_change(element: Any) -> None:
    """Take out what was deleted or moved away: a row, a run; the mark of a paragraph stays to tell that it is."""
    parent = element.getparent()
    if parent.tag == _ROW and parent.getparent() is not None:
        cut(parent.getparent())
    elif parent.tag != _MARK:
        cut(element)


def _choose(element: Any) -> None:
    """Keep one branch of a drawing that is written twice: the first with text in it."""
    branches = list(element)
    kept = next((branch for branch in branches if _speaks(branch)), None)
    for branch in branches:
        if branch is not kept:
            cut(branch)


def _speaks(branch: Any) -> bool:
    return any(not text.isspace() for text in branch.itertext(*TEXTS, with_tail=False))


def cut(element: Any) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
