"""Chinese ordinals and Word's number formats, case by case."""

from __future__ import annotations

import pytest

from pipeline.extract.counting import FORMATS
from pipeline.extract.ordinals import ordinal
from tests.extract.conftest import cases


@pytest.mark.parametrize(("form", "number", "printed"), cases("numbers"))
def test_number_formats(form, number, printed):
    assert FORMATS[form](number) == printed


@pytest.mark.parametrize(("line", "text", "level"), cases("ordinals"))
def test_ordinals(line, text, level):
    found = ordinal(line)
    assert (found.text, found.level) == (text, level) if text else found is None
