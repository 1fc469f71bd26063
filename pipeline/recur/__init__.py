"""STAGE 4: submissions → identical, near, same matter (`matches`) and classes of problems (`themes`)."""

from pipeline.recur.match import matches
from pipeline.recur.memory import Memory, nearest
from pipeline.recur.theme import themes

__all__ = ["Memory", "matches", "nearest", "themes"]
