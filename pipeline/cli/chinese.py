"""argparse that speaks Chinese: headings, help and error messages."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from pipeline.errors import CallError

_MESSAGES = {
    "the following arguments are required: %s": "缺少必填参数：%s",
    "one of the arguments %s is required": "下列参数要写一个：%s",
    "not allowed with argument %s": "不能同 %s 一起用",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "expected one argument": "后面要跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)s 这个选项，可选：%(choices)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
}


class Formatter(argparse.HelpFormatter):
    """Help with Chinese headings; the help of a command starts with what it does."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Head the usage line with 用法."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser whose headings and errors are Chinese; errors are CallErrors."""

    def __init__(self, **settings: Any) -> None:
        argparse._ = lambda text: _MESSAGES.get(text, text)  # type: ignore[attr-defined]
        super().__init__(**settings, add_help=False, formatter_class=Formatter, allow_abbrev=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Report a wrong call with where to look."""
        raise CallError(message, f"用 {self.prog} --help 看用法")

    def parse(self, arguments: Sequence[str] | None) -> argparse.Namespace:
        """The parsed call."""
        return self.parse_args(arguments)
