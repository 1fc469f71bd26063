"""STAGE 5: replies and the submissions they answer → findings, coverage and a verdict (R-REP-01…14)."""

from pipeline.audit.case import Case
from pipeline.audit.pairing import pair
from pipeline.audit.stage import audit

__all__ = ["Case", "audit", "pair"]
