"""How words stand in a batch: in a place's name, as the place where something is wanted, or as the matter itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipeline.profile import Profile
from pipeline.route.lexicon import Hits, Lexicon
from pipeline.route.passages import Passages

Flags = NDArray[np.bool_]

EARLY, LATE = 0.25, 1.5
IN_NAME, AS_PLACE, AS_AIM = 0.3, 0.3, 0.4
AIMS = "目的词"

_NAME_TAIL = re.compile(
    r"[一二三四五六七八九十东西南北中]?(?P<tail>路(?![口灯面段网况径线基政牌])|大道|小区|社区|村|镇|街道|广场|花园)"
)
_NAMING = re.compile(r"[一-龥](?<![的在到于和与及各是无旧宅全每]) ?")
_TITLE_TAIL = re.compile(r"的?(?:建议|提案|议案|问题|请求|咨询|投诉|情况|反映)*[。！!？?]*$")
_FAR, _AIM_AFTER = 24, 4


class Standing:
    """Weighs hits: little inside a place's name (双拥路, 东湖小区) or before 门口 or 旁, more towards a title's end.

    “在公园里增设公厕” names the park as the place: what stands between 在 and such a verb is no matter of its own.
    """

    def __init__(self, passages: Passages, profile: Profile) -> None:
        self.passages = passages
        text = passages.joined
        self._named = np.zeros(len(text) + 1, dtype=bool)
        self._tail = np.zeros(len(text) + 1, dtype=np.int64)
        self._read_names(text)
        self._place = np.zeros(len(text) + 1, dtype=bool)
        self._before = np.zeros(len(text) + 1, dtype=bool)
        self._read_places(text, profile)
        aim = _aim(profile.wording.get(AIMS, ()))
        ends = [_matter_ends(p.text, aim) if p.zone == "title" else (0, len(p.text)) for p in passages.all]
        self._matter, self._frame = np.array(ends, dtype=np.int64).reshape(-1, 2).T

    def _read_names(self, text: str) -> None:
        for tail in _NAME_TAIL.finditer(text):
            self._named[tail.start()] = self._named[tail.start("tail")] = True
            if _NAMING.match(text, tail.start() - 1):
                self._tail[tail.start("tail")] = tail.end()

    def _read_places(self, text: str, profile: Profile) -> None:
        """Mark where a word of place follows, and what stands between 在 and a verb of putting."""
        words = profile.wording.get("处所词", ())
        if words:
            for found in re.finditer("|".join(sorted(map(re.escape, words), key=len, reverse=True)), text):
                self._before[found.start()] = True
        verbs = profile.wording.get("安置词", ())
        if verbs:
            verb = "|".join(sorted(map(re.escape, verbs), key=len, reverse=True))
            for found in re.finditer(rf"在(?P<place>[^，。；：！？在\n]{{2,{_FAR}}}?)(?={verb})", text):
                self._place[found.start("place") : found.end("place")] = True

    def placed(self, hits: Hits) -> Flags:
        """Whether a hit only tells where: 医院 in 医院门口 and in 在医院、车站布设书柜."""
        return np.asarray(self._before[hits.end] | (self._place[hits.start] & self._place[hits.end - 1]))

    def beside_matter(self, hits: Hits) -> Flags:
        """Whether a hit lies in what a title says after its matter: what for (“…，促进增收”), and “…的建议”."""
        passage = self.passages.of_places(hits.start)
        matter = self._matter[passage]
        return np.asarray((matter > 0) & (hits.start - self.passages.offsets[passage] >= matter))

    def counts(self, lexicon: Lexicon) -> sparse.csr_matrix:
        """Passages × words: hits, each weighed by how it stands there."""
        hits = self.passages.hits(lexicon)
        passage = self.passages.of_places(hits.start)
        named = self._named[hits.end] | (self._tail[hits.start] == hits.end)
        values = np.where(named, IN_NAME, 1.0) * np.where(self.placed(hits), AS_PLACE, 1.0)
        matter = self._matter[passage]
        late = np.minimum((hits.end - self.passages.offsets[passage]) / np.maximum(matter, 1), 1.0)
        values = values * np.where(matter > 0, EARLY + (LATE - EARLY) * late, 1.0)
        values = values * np.where(self.beside_matter(hits), AS_AIM, 1.0)
        values[hits.start - self.passages.offsets[passage] >= self._frame[passage]] = 0.0
        return self.passages.table(hits, values, len(lexicon.words))


def _aim(words: Sequence[str]) -> re.Pattern[str]:
    """Where a title turns from its matter to what it is for: after a mark, far enough from its beginning."""
    return re.compile(
        rf"(?<=[一-龥]{{{_AIM_AFTER}}})[，,、 ](?=(?:{'|'.join(map(re.escape, words))}))" if words else r"(?!)"
    )


def _matter_ends(title: str, aim: re.Pattern[str]) -> tuple[int, int]:
    """Where a title's matter ends, before what it is for; and where its frame begins (“的建议”, “的问题”)."""
    tail, turn = _TITLE_TAIL.search(title), aim.search(title)
    frame = tail.start() if tail and tail.start() else len(title)
    return (min(frame, turn.start()) if turn else frame), frame
