"""Folders that come with the program: the demonstration county, and the rules to copy and check."""

from __future__ import annotations

import shutil
from argparse import Namespace
from pathlib import Path

from pipeline.errors import CallError
from pipeline.profile import check, default_folder


def demonstration() -> Path:
    """The demonstration county's files: in the installed package, else in the checkout."""
    package = Path(__file__).parents[1]
    places = [root / "corpora" / "yunhe" / "files" for root in (package / "_data", package.parent)]
    return next(place for place in places if place.exists())


def rules(call: Namespace) -> int:
    """Copy the default profile, or check a folder."""
    folder = Path(call.folder)
    if call.action == "check":
        mistakes = check(folder)
        print("\n".join(mistakes) if mistakes else f"{folder} 没有错误。")
        return 1 if mistakes else 0
    if folder.exists() and any(folder.iterdir()):
        raise CallError(f"{folder} 里已有文件", "写一个新文件夹的名字")
    shutil.copytree(default_folder(), folder, dirs_exist_ok=True)
    print(f"已复制到 {folder}。改好后用 banli profile check {folder} 检查，用 --profile {folder} 运行。")
    return 0
