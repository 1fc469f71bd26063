"""STAGE 3: submission → topics, lead unit, co-units, mode, or "a person must decide"."""

from pipeline.route.learn import train
from pipeline.route.model import Model
from pipeline.route.router import Router

__all__ = ["Model", "Router", "train"]
