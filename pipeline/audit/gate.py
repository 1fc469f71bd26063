"""The gate of domain §5-E: what happens to a letter, derivable from its findings alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.records import Finding, Gate

_DOUBTS = 2


def gate(findings: Sequence[Finding], abstained: Sequence[str], sets: Mapping[str, tuple[str, ...]]) -> Gate:
    """退回重写 for an error of the profile's set, 补充 for any other error, 建议抽检 from two warns or abstentions."""
    errors = [finding.rule for finding in findings if finding.severity == "error"]
    if set(errors) & set(sets.get("退回重写", ())):
        return "退回重写"
    if errors:
        return "补充"
    warns = sum(finding.severity == "warn" for finding in findings)
    return "建议抽检" if warns + len(abstained) >= _DOUBTS else "通过"
