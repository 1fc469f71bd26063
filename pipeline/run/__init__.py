"""Moves one stage forward: what is pending → stage → store. The only place where stage and store meet.

Every function is safe to run again: what is stored under the present fingerprint is not done a second time, and
a run that was killed goes on after its last finished batch.
"""

from pipeline.run.dispatch import handover, receipts
from pipeline.run.items import extract, parse, route
from pipeline.run.job import Job, Progress
from pipeline.run.ledger import ledger
from pipeline.run.sets import audit, learn, pending, recur, report, results
from pipeline.run.similar import Past, similar

__all__ = [
    "Job",
    "Past",
    "Progress",
    "audit",
    "extract",
    "handover",
    "learn",
    "ledger",
    "parse",
    "pending",
    "receipts",
    "recur",
    "report",
    "results",
    "route",
    "similar",
]
