"""What a catalogue score means: shares of evidence turned into how often such a share was right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

SHARE = (0.0, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0)
OF_PAPERS = (0.0, 0.35, 0.5, 0.75, 0.92, 0.975, 0.985)
OF_LETTERS = (0.0, 0.25, 0.36, 0.46, 0.64, 0.78, 0.82)


def believed(scores: Scores, formal: NDArray[np.bool_]) -> Scores:
    """Scores (rows × units) as chances of being right; order within a row stays.

    A 建议 or 提案 in proper form (`formal`, by row) says what it is about; a citizen's letter tells a story, and the
    same share of evidence is right less often. Fitted on one half of the labelled papers and letters, checked on the
    other.
    """
    papers, letters = np.interp(scores, SHARE, OF_PAPERS), np.interp(scores, SHARE, OF_LETTERS)
    return np.asarray(np.where(formal[:, None], papers, letters), dtype=np.float64)
