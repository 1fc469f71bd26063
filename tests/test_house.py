"""The house rules: style, types, floors, lengths, and a README that names every command."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))
CHECKED = [path for folder in ("pipeline", "tests", "corpora") for path in sorted((ROOT / folder).rglob("*.py"))]
LONGEST_MODULE, LONGEST_FUNCTION = 250, 40
FORBIDDEN_NAMES = re.compile(r"utils?|helpers?|common|manager|handler|process_")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [("check",), ("format", "--check")], ids=["lint", "format"])
def test_ruff(arguments: tuple[str, ...]) -> None:
    result = run(sys.executable, "-m", "ruff", *arguments, "pipeline", "tests", "corpora")
    assert result.returncode == 0, result.stdout + result.stderr


def test_types() -> None:
    result = run(sys.executable, "-m", "mypy")
    assert result.returncode == 0, result.stdout


def test_examples_in_docstrings() -> None:
    result = run(sys.executable, "-m", "pytest", "--doctest-modules", "-p", "no:cacheprovider", "pipeline")
    assert result.returncode == 0, result.stdout


def test_floors() -> None:
    result = run(str(Path(sys.executable).parent / "lint-imports"))
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_lengths(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    assert not FORBIDDEN_NAMES.fullmatch(path.stem)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, f"{node.name} is too long"


def commands() -> list[str]:
    help_text = run(sys.executable, "-m", "pipeline", "--help").stdout
    return re.findall(r"^    ([a-z]+) ", help_text, flags=re.MULTILINE)


def test_readme_names_every_command() -> None:
    assert len(commands()) > 10
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        missing = [command for command in commands() if f"banli {command}" not in text]
        assert not missing, f"{name} lacks {missing}"


def test_nothing_names_this_machine() -> None:
    files = run("git", "ls-files").stdout.split()
    texts = {name: (ROOT / name) for name in files if name.endswith((".py", ".md", ".toml", ".txt", ".json", ".csv"))}
    for name, path in texts.items():
        assert str(ROOT) not in path.read_text(encoding="utf-8", errors="replace"), name
