"""`banli opinions`: the papers that send letters back to their units, and every unit's audit workbook."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pipeline.cli.chinese import Parser


def register(add: Callable[..., Parser]) -> Parser:
    """The command's parser, without the options that all commands share."""
    parser = add(
        "opinions",
        help="出审核文书：退回或补充的答复各一份审核意见，每单位一份审核表",
        description="按单位分文件夹写出答复审核意见（附答复框架）和答复审核表，并写出办理情况初稿。先运行 banli run。",
    )
    parser.add_argument("--out", required=True, metavar="文件夹", help="结果写到哪里")
    parser.add_argument("--unit", default="", metavar="单位", help="只出一个单位的")
    parser.set_defaults(module="opinions")
    return parser


def opinions(call: Namespace) -> int:
    """Write the papers and say what each unit gets; 1 where the store has no audited letter."""
    from rich.console import Console
    from rich.table import Table

    from pipeline import run as stages
    from pipeline.cli.commands import existing_store
    from pipeline.errors import BanliError, CallError
    from pipeline.mentions import unit_named
    from pipeline.profile import default_folder, load
    from pipeline.report.opinions import write
    from pipeline.report.progress import progress

    out = Path(call.out)
    if out.exists() and not out.is_dir():
        raise CallError(f"--out {out} 是一个文件", "写一个文件夹的名字")
    profile = load(Path(call.profile) if call.profile else default_folder())
    with closing(existing_store(call.store)) as store:
        found = replace(stages.results(store), profile=profile)
    try:
        sent = write(found, out, unit_named(call.unit, profile) or call.unit)
        if sent and not call.unit and (draft := progress(found)):
            draft.save(out / "办理情况报告（初稿）.docx")
    except PermissionError as error:
        raise BanliError(f"写不了 {error.filename}", "关闭正在打开它的 Word 或 Excel，或换一个 --out 文件夹") from error
    if not sent:
        raise BanliError("没有审核过的答复", "先用 banli run 收件 --replies 答复；或核对 --unit 的单位名称")
    table = Table(title="审核文书", title_justify="left")
    for name in ("单位", "答复", "退回重写", "补充", "文书"):
        table.add_column(name, justify="left" if name == "单位" else "right")
    for one in sent:
        table.add_row(
            one.unit, *map(str, (one.letters, one.verdicts["退回重写"], one.verdicts["补充"], len(one.paths)))
        )
    Console().print(table)
    print(f"结果：{out}（{sum(len(one.paths) for one in sent)} 个文件）")
    return 0
