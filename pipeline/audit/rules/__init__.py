"""The audit rules of domain §5, one function per rule id; a rule's docstring is its help."""

from collections.abc import Callable, Mapping

from pipeline.audit.case import Outcome
from pipeline.audit.reading import Context, Reading
from pipeline.audit.rules import (
    arithmetic,
    claims,
    commitments,
    content,
    contradicts,
    data,
    evaded,
    foreign,
    form,
    hanging,
    history,
    labels,
    process,
    shifted,
    slips,
    staging,
    whole,
)

Rule = Callable[[Reading, Context], Outcome]

RULES: Mapping[str, Rule] = {
    **form.RULES,
    **foreign.RULES,
    **content.RULES,
    **evaded.RULES,
    **shifted.RULES,
    **commitments.RULES,
    **hanging.RULES,
    **staging.RULES,
    **claims.RULES,
    **labels.RULES,
    **process.RULES,
    **history.RULES,
    **contradicts.RULES,
    **slips.RULES,
    **data.RULES,
    **arithmetic.RULES,
}

DOUBTS: tuple[Rule, ...] = (content.unseen, whole.unprinted)
"""Reasons to abstain that belong to no rule (§5-B)."""

__all__ = ["DOUBTS", "RULES", "Rule"]
