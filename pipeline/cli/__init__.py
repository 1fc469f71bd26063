"""The command line: `banli run INBOX --out OUT`, and every stage as a command of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from pipeline import __version__
from pipeline.cli.chinese import Parser
from pipeline.errors import BanliError, CallError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when the job was done, 2 for a wrong call, 1 where nothing could be done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        call = _parser().parse(arguments)
        from pipeline.cli import commands

        status: int = getattr(commands, call.command)(call)
        sys.stdout.flush()
        return status
    except CallError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    except BanliError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\n已中断；已完成的部分都在数据库里，再次运行会接着做。", file=sys.stderr)
        return 130


def _parser() -> Parser:
    parser = Parser(
        prog="banli",
        description="办理：读人大代表建议和政协提案，推荐承办单位，查找重复和一类问题，审核答复。离线运行。",
    )
    parser.add_argument("--version", action="version", version=f"banli {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令", required=True, parser_class=Parser)
    run = commands.add_parser(
        "run", help="一次做完：读取、识别、分派、查重、审核、出表", description="一次做完全部环节。"
    )
    _inputs(run)
    _out(run)
    _shared(run)
    demo = commands.add_parser(
        "demo", help="用自带的云禾县（虚构）做一遍", description="用自带的示范县做一遍全部环节。"
    )
    _out(demo)
    _shared(demo)
    extract = commands.add_parser("extract", help="读取文件和登记表", description="读取文件和登记表，存入数据库。")
    _inputs(extract)
    _shared(extract)
    for name, text in (
        ("parse", "识别建议、提案、答复、讲话及其内容"),
        ("route", "推荐主办、会办单位"),
        ("recur", "查找重复、相似和一类问题"),
        ("audit", "把答复同所答的建议配对并审核"),
        ("status", "看数据库里有什么、还有什么没做"),
    ):
        _shared(commands.add_parser(name, help=text, description=text + "。"))
    report = commands.add_parser("report", help="写出工作簿、总览网页和数据", description="由数据库写出结果。")
    _out(report)
    _shared(report)
    _more(commands)
    return parser


def _more(commands: object) -> None:
    """The commands around the stages: export, train, decide, profile."""
    add = commands.add_parser  # type: ignore[attr-defined]
    export = add("export", help="导出一类数据（JSONL、CSV、XLSX）", description="导出数据库里的一类数据。")
    export.add_argument(
        "kind", metavar="种类", help="documents submissions routes matches themes replies commitments …"
    )
    export.add_argument("--format", default="jsonl", choices=("jsonl", "csv", "xlsx"), help="格式，默认 jsonl")
    export.add_argument("--out", metavar="文件", help="写到哪个文件，默认输出到屏幕（xlsx 必填）")
    _shared(export)
    train = add("train", help="用往年登记表训练分派模型", description="读入往年登记表（含主办单位列），训练分派模型。")
    train.add_argument("history", nargs="*", metavar="往年", help="登记表或文件夹；不写则用数据库里已有的往年件")
    _columns(train)
    _shared(train)
    decide = add("decide", help="记下人的决定（主办单位、文种）", description="记下人的决定；机器的推荐保留不动。")
    decide.add_argument("submission", metavar="来件", help="id，或来源，如 收件/2025.xlsx#12")
    what = decide.add_mutually_exclusive_group(required=True)
    what.add_argument("--lead", metavar="单位", help="主办单位")
    what.add_argument("--kind", metavar="文种", help="建议 提案 答复 会办意见 讲话 办理情况报告 通知 其他")
    decide.add_argument("--by", required=True, metavar="姓名", help="谁决定的")
    decide.add_argument("--note", default="", metavar="说明", help="理由")
    _shared(decide)
    profile = add(
        "profile", help="办公室自己的规则：init 复制一份来改，check 检查", description="复制或检查规则文件夹。"
    )
    actions = profile.add_subparsers(dest="action", metavar="动作", title="动作", required=True, parser_class=Parser)
    for name, text in (("init", "把默认规则复制到文件夹，供修改"), ("check", "检查文件夹里的规则，逐条指出错误")):
        action = actions.add_parser(name, help=text, description=text + "。")
        action.add_argument("folder", metavar="文件夹", help="规则文件夹")


def _inputs(parser: Parser) -> None:
    parser.add_argument("inbox", nargs="+", metavar="收件", help="建议、提案所在的文件夹、文件或登记表（.xlsx .csv）")
    parser.add_argument(
        "--replies", action="append", default=[], metavar="路径", help="答复所在的文件夹或文件，可写多次"
    )
    parser.add_argument(
        "--history", action="append", default=[], metavar="路径", help="往年的文件夹、文件或登记表，可写多次"
    )
    _columns(parser)


def _columns(parser: Parser) -> None:
    parser.add_argument(
        "--columns", action="append", default=[], metavar="字段=列名",
        help="登记表里哪一列是哪个字段，如 主办=承办部门，可写多次",
    )  # fmt: skip


def _out(parser: Parser) -> None:
    parser.add_argument("--out", required=True, metavar="文件夹", help="结果写到哪里")


def _shared(parser: Parser) -> None:
    parser.add_argument("--store", default="banli.db", metavar="数据库", help="数据库文件，默认 banli.db")
    parser.add_argument("--profile", default=None, metavar="文件夹", help="规则文件夹，默认用自带的 models/county")
    parser.add_argument("--engine", default="local", metavar="方式", help="local，或 processes:N（N 个进程）")
