"""Before filing: what was said of the same matter before, who had it, and what came of it (R-DUP-05)."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import BanliError
from pipeline.records import Decision, Pair, Reply, Submission
from pipeline.store import Store, default_index_folder


@dataclass(frozen=True, slots=True)
class Past:
    """A stored submission like the one asked about: cosine of the texts, unit in charge, and its replies."""

    submission: Submission
    score: float
    unit: str
    replies: tuple[Reply, ...]


def similar(store: Store, asked: Submission, most: int = 5) -> list[Past]:
    """The stored submissions most like one, best first. Raises BanliError before the first run of `recur`."""
    from pipeline.recur import nearest

    folder = default_index_folder(store.url)
    if not (folder / "ids.npy").exists():
        raise BanliError("还没有可比的往年件", "先运行 banli run，把往年件放在 --history")
    near = [(key, score, unit) for key, score, unit in nearest(folder, asked, most + 1) if key != asked.id][:most]
    found = {s.id: s for s in store.some(Submission, [key for key, _, _ in near])}
    said = {d.subject_id: d.value for d in store.all(Decision) if d.field == "lead"}
    replies = _replies(store, set(found))
    return [
        Past(found[key], score, said.get(key, unit), tuple(replies.get(key, ())))
        for key, score, unit in near
        if key in found
    ]


def _replies(store: Store, asked: set[str]) -> dict[str, list[Reply]]:
    """The replies to each, a letter that answers several under all of them."""
    pairs = store.naming(Pair, sorted(asked))
    replies = {reply.id: reply for reply in store.some(Reply, [pair.reply_id for pair in pairs])}
    found: dict[str, list[Reply]] = {}
    for pair in sorted(pairs, key=lambda pair: pair.reply_id):
        for answered in asked & {pair.submission_id, *pair.also}:
            found.setdefault(answered or "", []).append(replies[pair.reply_id])
    return found
