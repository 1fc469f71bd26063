"""What can go wrong that the user can put right, each with a hint."""

from __future__ import annotations

OWN_WORKBOOK = "banli 办理结果"
"""The category that the workbooks of results carry, so that one left in an inbox is not read as a register."""


class BanliError(Exception):
    """A failure of the world (file, profile, call), never a bug of the program.

    `reason` says what happened and `hint` what to do next, both in the clerk's Chinese.
    """

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint

    def __reduce__(self) -> tuple[type[BanliError], tuple[str, str]]:
        return type(self), (self.reason, self.hint)

    def __str__(self) -> str:
        return f"{self.reason}\n提示：{self.hint}" if self.hint else self.reason


class UnreadableFile(BanliError):  # noqa: N818 - named for what it is
    """A file that no reader could turn into a document."""


class ProfileError(BanliError):
    """A mistake in a profile folder: the reason names file and line, the hint the remedy."""


class CallError(BanliError):
    """A wrong call of the command line (exit status 2)."""
