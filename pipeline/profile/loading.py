"""Loads a profile folder, or says everything that is wrong with it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.errors import ProfileError
from pipeline.profile import catalogue, lists, settings, yardsticks
from pipeline.profile.model import Profile, Yardstick
from pipeline.profile.tables import Mistakes

FILES = (
    "profile.toml",
    "units.csv",
    "boundaries.csv",
    "topics.csv",
    "labels.csv",
    "rules.csv",
    "columns.csv",
    "wording.csv",
    "furniture.csv",
)
_PACKAGE = Path(__file__).resolve().parents[1]


def default_folder() -> Path:
    """The default profile: package data of an installed wheel, else the checkout's `models/county`."""
    installed = _PACKAGE / "_data" / "models" / "county"
    return installed if installed.is_dir() else _PACKAGE.parent / "models" / "county"


def load(folder: Path) -> Profile:
    """The profile of a folder; a `ProfileError` lists all its mistakes with file, line and remedy.

    Two loads of an unchanged folder give one object.
    """
    profile, mistakes = _read(folder)
    if mistakes:
        count = f"共 {len(mistakes)} 处错误：\n" if len(mistakes) > 1 else ""
        raise ProfileError(
            f"配置文件夹 {folder} 有误。{count}" + "\n".join(mistakes),
            f"改正后可用 banli profile check {folder} 检查",
        )
    return profile.kept()


def check(folder: Path) -> list[str]:
    """The mistakes of a folder, one Chinese sentence group each; an empty list means that it loads."""
    return _read(folder)[1]


def _read(folder: Path) -> tuple[Profile, list[str]]:
    if not folder.is_dir():
        raise ProfileError(f"配置文件夹 {folder} 不存在", f"可用 banli profile init {folder} 生成一份默认配置再修改")
    mistakes = Mistakes()
    chosen = settings.read_settings(folder, mistakes)
    units = catalogue.read_units(folder, chosen.towns, mistakes)
    profile = Profile(
        name=chosen.name,
        folder=folder,
        digest=_digest(folder),
        place=chosen.place,
        towns=chosen.towns,
        units=units,
        boundaries=catalogue.read_boundaries(folder, (unit.name for unit in units), mistakes),
        topics=catalogue.read_topics(folder, mistakes),
        labels=lists.read_labels(folder, mistakes),
        rules=lists.read_rules(folder, mistakes),
        clock=chosen.clock,
        topic_scheme=chosen.topic_scheme,
        label_family=chosen.label_family,
        gate=chosen.gate,
        columns=lists.read_columns(folder, mistakes),
        wording=_wording(folder, mistakes),
        furniture=lists.read_furniture(folder, mistakes),
        yardsticks=_yardsticks(folder, mistakes),
    )
    settings.check_choice(chosen.topic_scheme, (topic.scheme for topic in profile.topics), "topic_scheme", mistakes)
    settings.check_choice(chosen.label_family, (label.family for label in profile.labels), "label_family", mistakes)
    return profile, mistakes.found


def _wording(folder: Path, mistakes: Mistakes) -> dict[str, tuple[str, ...]]:
    """The word lists; one that a folder lacks, as one made for an older version does, comes from the default."""
    own = lists.read_wording(folder, mistakes)
    if folder.resolve() == default_folder().resolve():
        return own
    return lists.read_wording(default_folder(), Mistakes()) | own


def _yardsticks(folder: Path, mistakes: Mistakes) -> tuple[Yardstick, ...]:
    """The yardsticks; a folder made before there were any borrows the default's.

    Only the reports use them, so they are no part of the digest that makes stored rows stale.
    """
    own = (folder / "yardsticks.csv").is_file()
    return yardsticks.read_yardsticks(folder if own else default_folder(), mistakes if own else Mistakes())


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        path = folder / name
        if path.is_file():
            digest.update(f"{name}\0".encode())
            digest.update(path.read_bytes())
            digest.update(b"\0")
    return digest.hexdigest()
