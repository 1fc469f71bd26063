"""The session in both READMEs is what the program prints (PIN=1 rewrites it); the score tables are the pinned ones."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)


def played(session: str, folder: Path) -> str:
    """The session with what its commands print now."""
    shim = folder / "bin" / "banli"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    lines = []
    for command in re.findall(r"^\$ (.*)$", session, flags=re.MULTILINE):
        done = subprocess.run(
            command, shell=True, cwd=folder, capture_output=True, text=True, check=True, env=os.environ | {"PATH": path}
        )
        lines += [f"$ {command}\n", done.stdout]
    return "".join(lines)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the session is a POSIX shell's")
def test_the_session_prints_what_the_readme_says(tmp_path: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in READMES]
    (english,), (chinese,) = (SESSION.findall(text) for text in texts)
    assert english == chinese
    now = played(english, tmp_path)
    if os.environ.get("PIN"):
        for path, text in zip(READMES, texts, strict=True):
            path.write_text(text.replace(english, now), encoding="utf-8")
        return
    assert english == now
