"""Registers as offices keep them: made by script, each so that a fault of reading would show."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.extract.make import cell, docx, p, table

TITLES = (
    "关于修缮上河村灌溉水渠的建议",
    "关于在西街小学门前增设信号灯的建议",
    "关于整治北门菜市场周边占道经营的建议",
    "关于扩建县第二幼儿园的建议",
    "关于加密城南公交班次的建议",
    "关于为高龄老人发放助餐补贴的建议",
)


def book(rows: Iterable[Sequence[Any]], merged: Sequence[str] = (), name: str = "Sheet1") -> bytes:
    """A workbook of one sheet."""
    return books({name: rows}, merged)


def books(sheets: dict[str, Iterable[Sequence[Any]]], merged: Sequence[str] = ()) -> bytes:
    """A workbook; the merged areas are those of its first sheet."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        made.worksheets[0].merge_cells(area)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def handover() -> bytes:
    """Captions, a header of two lines, units as lines between rows, an item on two lines, a page's second header."""
    rows = [
        ["云禾县第九届人民代表大会第四次会议代表建议交办清单（2024年度）"],
        ["制表：县政府办督查室"],
        ["编号", "标题", "代表信息", None, "承办单位", "交办日期", "办理结果"],
        [None, None, "领衔", "附议", None, None, None],
        ["一、城建交通类（3件）"],
        ["1.0", TITLES[0], "甲某林", "无", "会办：财政局、农业农村局；主办：水利局", "5.12", "B"],
        [2.0, TITLES[1], "田玉", "石磊、方圆", "县公安局", 45356, "A"],
        [None, None, None, None, "县教育局（会办）", None, None],
        ["编号", "标题", "领衔", "附议", "承办单位", "交办日期", "办理结果"],
        [3, TITLES[2], "何平", "/", "县城管局牵头，县市场监管局配合", "24.3.5", "C"],
        ["合计", "3件", None, None, None, None, None],
        ["注：请于6月底前办结。", None, None, None, None, None, None],
    ]
    areas = ("A1:G1", "A2:G2", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "G3:G4", "A5:G5", "A7:A8", "B7:B8")
    return book(rows, areas)


def ticks() -> bytes:
    """Units, degrees and results as columns of marks."""
    units = ["水利局", "公安局", "教育局"]
    rows = [
        ["序号", "建议名称", "承办单位", None, None, "满意度", None, "办理结果", None],
        [None, None, *units, "满意", "不满意", "A类", "B类"],
        [1, TITLES[0], "▲", None, None, "√", None, "√", None],
        [2, TITLES[1], None, "▲", "△", None, "√", None, "√"],
        ["注：▲为主办单位，△为会办单位"],
    ]
    return book(rows, ("A1:A2", "B1:B2", "C1:E1", "F1:G1", "H1:I1"))


def unnamed() -> bytes:
    """Columns whose names tell nothing, and a second sheet without any."""
    first = [["件", "何事", "归谁办", "谁来配合"]]
    first += [[n + 1, title, unit, "财政局"] for n, (title, unit) in enumerate(zip(TITLES, UNITS, strict=True))]
    second = [[n + 1, title, unit] for n, (title, unit) in enumerate(zip(TITLES, UNITS, strict=True))]
    return books({"甲": first, "乙": second})


UNITS = ("水利局", "公安局", "城管局", "教育局", "交通局", "民政局")


def stacked() -> bytes:
    """Two lists one below the other, and two side by side on the next sheet."""
    below = [
        ["一、代表建议"], ["建议号", "标题", "主办单位"], [1, TITLES[0], "水利局"], [],
        ["二、委员提案"], ["提案号", "案由", "提案人", "承办单位"], [1, "关于保护老茶园的提案", "丁一", "农业农村局"],
    ]  # fmt: skip
    beside = [
        ["序号", "建议题目", "办理单位", None, "序号", "建议题目", "办理单位"],
        [1, TITLES[3], "教育局", None, 2, TITLES[4], "交通局"],
    ]
    return books({"上下": below, "左右": beside})


def notice() -> bytes:
    """A notice in Word with its hand-over list as a table, the header over two lines."""
    texts = (
        ("提案号", "案由", "承办单位", ""),
        ("", "", "主办", "会办"),
        ("11", "关于扩大养老服务站范围的提案", "民政局", "财政局"),
        ("12", "关于整修乡村文化室的提案", "文旅局", ""),
        ("13", "关于开通夜间公交的提案", "交通局", "公安局"),
    )
    lines = ("关于交办政协提案的通知", "各承办单位：", "现将提案交办给你们，请于六月底前办结并答复委员。")
    after = ("县政府办公室", "2024年4月2日", "附件：提案交办清单")
    body = "".join(map(p, (*lines, *after)))
    return docx(body + table(*([cell(p(text)) for text in row] for row in texts)))


def unclosed() -> bytes:
    """A CSV with a quote that nobody closed, semicolons between its cells and a decimal number."""
    lines = ["云禾县建议登记表（2023年）", "编号;标题;内容;主办单位"]
    for number, (title, unit) in enumerate(zip(TITLES, UNITS, strict=True), 1):
        mark = '"' if number == 2 else ""
        lines.append(f"{number}.0;{title};{mark}群众反映多次，盼早日解决，并定期公布进度。;{unit}")
    return "\n".join(lines).encode("utf-16")


def old(data: bytes) -> bytes:
    """The same workbook in the format of 1997, by LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice") or ""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.xlsx").write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'p').as_uri()}"
        wanted = ["--convert-to", "xls:MS Excel 97", "--outdir", folder, f"{folder}/a.xlsx"]
        subprocess.run([program, "--headless", profile, *wanted], capture_output=True, timeout=120, check=False)
        return Path(folder, "a.xls").read_bytes()


BOOKS = {
    "handover.xlsx": handover(),
    "ticks.xlsx": ticks(),
    "unnamed.xlsx": unnamed(),
    "stacked.xlsx": stacked(),
    "notice-list.docx": notice(),
    "unclosed.csv": unclosed(),
}
