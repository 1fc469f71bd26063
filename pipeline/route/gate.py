"""A new model takes the old one's place only if it is not worse on rows that neither has seen (R-RTE-11)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.mentions import unit_named
from pipeline.profile import Profile
from pipeline.records import Submission
from pipeline.route.learn import train
from pipeline.route.model import Card, Model
from pipeline.route.router import Router

HELD_OUT = 5
LEAST_HELD = 20


@dataclass(frozen=True, slots=True)
class Gate:
    """The model to use, None for the catalogue alone; whether it is the new one; and the card of the other, if any."""

    model: Model | None
    new: bool
    other: Card | None = None


def gated(labelled: Sequence[Submission], old: Model | None, profile: Profile) -> Gate:
    """Train on labelled rows and let the better model through.

    One row in five, by the hash of its title, trains no model: so the rows are new to both. With fewer than 20 such
    rows nothing can be compared; the model is then trained on all rows and takes the old one's place.
    """
    held = [s for s in labelled if s.lead and _held_out(s)]
    if len(held) < LEAST_HELD:
        new = train(labelled, profile)
        return Gate(new, True, old.card if old and new else None)
    new = train([s for s in labelled if not _held_out(s)], profile)
    if new is None:
        return Gate(old, False)
    right = {"held_out": float(len(held)), "new": _share_right(new, held, profile)}
    if old is not None:
        right["old"] = _share_right(old, held, profile)
    new = replace(new, card=replace(new.card, gate=right))
    if old is not None and right["new"] < right["old"]:
        return Gate(old, False, new.card)
    return Gate(new, True, old.card if old else None)


def _held_out(s: Submission) -> bool:
    return int.from_bytes(hashlib.sha256(s.title.encode()).digest()[:4], "big") % HELD_OUT == 0


def _share_right(model: Model, held: Sequence[Submission], profile: Profile) -> float:
    """The share of rows whose first candidate is the lead that the register names."""
    routes = Router(profile, model).route([replace(s, lead="", co=(), topic="") for s in held])
    leads = [unit_named(s.lead, profile) for s in held]
    right = [bool(r.candidates) and r.candidates[0].name == lead for r, lead in zip(routes, leads, strict=True)]
    return round(sum(right) / len(right), 4)
