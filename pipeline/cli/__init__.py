"""The command line: `banli run INBOX --out OUT`, and every stage as a command of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from pipeline import __version__
from pipeline.cli import opinions, promises
from pipeline.cli.chinese import Parser
from pipeline.errors import BanliError, CallError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when the job was done, 2 for a wrong call, 1 where nothing could be done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        call = _parser().parse(arguments)
        module = import_module(f"pipeline.cli.{getattr(call, 'module', 'commands')}")
        status: int = getattr(module, call.command)(call)
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
        ("status", "看数据库里有什么、还有什么没做"),
    ):
        _shared(commands.add_parser(name, help=text, description=text + "。"))
    report = commands.add_parser("report", help="写出工作簿、总览网页和数据", description="由数据库写出结果。")
    _out(report)
    _shared(report)
    _letters(commands.add_parser)
    _more(commands)
    return parser


def _letters(add: Callable[..., Parser]) -> None:
    """All replies, or one of them; a copy for the public."""
    audit = add("audit", help="把答复同所答的建议配对并审核；写明两个文件则只审这一份", description="审核答复。")
    audit.add_argument("submission", nargs="?", default="", metavar="建议", help="一件建议或提案的文件")
    audit.add_argument("reply", nargs="?", default="", metavar="答复", help="它的答复：在屏幕上标出问题，不用数据库")
    _shared(audit)
    redact = add(
        "redact", help="出公开稿：隐去证件号、电话、住址、账号和标明的姓名", description="出公开稿，原件不动。"
    )
    redact.add_argument("file", metavar="答复", help="一份答复；Word 文件出 Word，其余出文本")
    redact.add_argument("--out", default="", metavar="文件", help="公开稿写到哪里，默认写在原件旁边")
    redact.add_argument("--profile", default=None, metavar="文件夹", help="规则文件夹，默认用自带的 models/county")


def _more(commands: object) -> None:
    """The commands around the stages: export, train, decide, profile."""
    add = commands.add_parser  # type: ignore[attr-defined]
    export = add("export", help="导出一类数据（JSONL、CSV、XLSX）", description="导出数据库里的一类数据。")
    export.add_argument("kind", metavar="种类", help="documents submissions routes matches themes replies promises …")
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
    _desk(add)
    _evaluate(
        add(
            "evaluate",
            help="在带标签的表上评测推荐的好坏",
            description="评测：同带标签的表比对，给出得分、区间和基线。",
        )
    )
    profile = add(
        "profile", help="办公室自己的规则：init 复制一份来改，check 检查", description="复制或检查规则文件夹。"
    )
    actions = profile.add_subparsers(dest="action", metavar="动作", title="动作", required=True, parser_class=Parser)
    for name, text in (("init", "把默认规则复制到文件夹，供修改"), ("check", "检查文件夹里的规则，逐条指出错误")):
        action = actions.add_parser(name, help=text, description=text + "。")
        action.add_argument("folder", metavar="文件夹", help="规则文件夹")


def _desk(add: Callable[..., Parser]) -> None:
    """Handing over and taking back."""
    handover = add(
        "handover",
        help="交办：清单、通知、来件打包，按单位分开",
        description="为已推荐单位、还没有交办的件写出交办清单、交办通知和来件包。先出预案，加 --final 才记为交办。",
    )
    _out(handover)
    handover.add_argument("--day", default="", metavar="日期", help="交办日期，如 2025-02-20，默认今天")
    handover.add_argument("--final", action="store_true", help="正式交办，记入数据库")
    _shared(handover)
    similar = add(
        "similar",
        help="立案前查一查：往年有没有提过",
        description="在数据库的全部来件里找最相似的，列出承办单位、答复和结果。",
    )
    similar.add_argument("file", nargs="?", default="", metavar="来件", help="一件建议或提案的文件")
    similar.add_argument("--text", default="", metavar="文字", help="不用文件，直接写文字")
    similar.add_argument("--most", type=int, default=5, metavar="件数", help="最多列几件，默认 5")
    _shared(similar)
    _shared(opinions.register(add))
    _shared(promises.register(add))
    receipts = add(
        "receipts", help="读入各单位的回执（接收、退回）", description="读入回执；退回的件换一个单位重新推荐。"
    )
    receipts.add_argument("file", metavar="回执", help="填了“回执”一列的交办清单，文件或文件夹")
    _columns(receipts)
    _shared(receipts)


def _evaluate(parser: Parser) -> None:
    tasks = parser.add_subparsers(dest="task", metavar="项目", title="项目", required=True, parser_class=Parser)
    for name, text in (
        ("route", "承办单位推荐（表里要有主办一列）；不给训练表时用五折交叉验证"),
        ("topic", "主题分类（表里要有类别一列）；不给训练表时用五折交叉验证"),
        ("recur", "重复与一类问题（表里要有事项组或问题组一列，归在一起的写相同的名称）"),
        (
            "audit",
            "答复审核（表里要有答复内容，和应有问题、应有结论、应有状态、应有承诺中的几列；或带 gold.jsonl 的文件夹）",
        ),
    ):
        task = tasks.add_parser(name, help=text, description=f"{text}。给出得分、区间和基线。")
        task.add_argument("gold", metavar="标签表", help="带标签的登记表（.csv .xlsx）")
        if name not in ("recur", "audit"):
            task.add_argument("--train", action="append", default=[], metavar="训练表", help="用来训练的表，可写多次")
        task.add_argument("--out", default="评测", metavar="文件夹", help="逐行结果和网页写到哪里，默认 评测")
        task.add_argument("--profile", default=None, metavar="文件夹", help="规则文件夹，默认用自带的 models/county")
        _columns(task)


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
    parser.add_argument(
        "--store", default="banli.db", metavar="数据库", help="数据库文件，默认 banli.db；或 postgresql+pg8000://…"
    )
    parser.add_argument("--profile", default=None, metavar="文件夹", help="规则文件夹，默认用自带的 models/county")
    parser.add_argument(
        "--engine", default="local", metavar="方式", help="local，processes:N（N 个进程），或 dask://主机:端口"
    )
