"""STAGE 5: replies and the submissions they answer → findings, coverage and a verdict (R-REP-01…14)."""

from pipeline.audit.batch import portions
from pipeline.audit.case import Case
from pipeline.audit.ledger import ledger, ties
from pipeline.audit.pairing import pair
from pipeline.audit.stage import audit, audited

__all__ = ["Case", "audit", "audited", "ledger", "pair", "portions", "ties"]
