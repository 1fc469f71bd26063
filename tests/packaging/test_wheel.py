"""The wheel works outside the checkout: installed into a fresh environment and run from another folder."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_wheel_runs_the_demonstration_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)  # the sdist, and the wheel from the sdist
    (wheel,) = tmp_path.glob("banli-*.whl")
    fresh = tmp_path / "fresh"
    venv.create(fresh, with_pip=True)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    python = fresh / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    packages = Path(
        subprocess.check_output([python, "-c", "import site; print(site.getsitepackages()[0])"], text=True).strip()
    )
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))

    where = subprocess.check_output(
        [python, "-c", "import pipeline; print(pipeline.__file__)"], text=True, cwd=tmp_path
    )
    assert str(fresh) in where
    banli = python.with_name("banli")
    done = subprocess.run([banli, "demo", "--out", "out"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(tmp_path / "out" / "交办建议表.xlsx")
    assert book["交办建议"].max_row > 15
