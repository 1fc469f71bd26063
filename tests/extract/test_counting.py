"""Word's number formats, case by case."""

from __future__ import annotations

import pytest

from pipeline.extract.counting import FORMATS
from tests.extract.conftest import cases


@pytest.mark.parametrize(("form", "number", "printed"), cases("numbers"))
def test_number_formats(form, number, printed):
    assert FORMATS[form](number) == printed
