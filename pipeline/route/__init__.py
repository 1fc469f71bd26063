"""STAGE 3: submission → topics, lead unit, co-units, mode, or "a person must decide"."""

from pipeline.route.gate import Gate, gated
from pipeline.route.learn import train
from pipeline.route.model import Model
from pipeline.route.router import Router

__all__ = ["Gate", "Model", "Router", "gated", "train"]
