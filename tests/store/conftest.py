"""The store's tests run on SQLite and on PostgreSQL: a server that BANLI_POSTGRES names, else one started here."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.store import Store

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
DRIVERS = ("pg8000", "psycopg")
_numbers = count()


def _as_other_user(folder: Path) -> list[str]:
    """What makes a command run as another user than root, whom the server refuses; the folder becomes theirs."""
    if os.getuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


@pytest.fixture(scope="session")
def server() -> Iterator[sa.URL]:
    """A server whose default order of texts is that of Chinese dictionaries, to catch whoever relies on it."""
    if given := os.environ.get("BANLI_POSTGRES"):
        yield sa.make_url(given)
        return
    if not PROGRAMS:
        pytest.skip("no PostgreSQL here: install it, or name a server in BANLI_POSTGRES")
    folder = Path(tempfile.mkdtemp(prefix="banli-postgres-"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    run, programs = _as_other_user(folder), PROGRAMS[-1]
    order = ["--encoding=UTF8", "--locale=C.UTF-8"]
    if int(programs.parent.name) >= 15:
        order += ["--locale-provider=icu", "--icu-locale=zh-CN"]
    settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*run, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log.txt")]

    def call(*command: str, check: bool = True) -> None:
        subprocess.run(command, cwd=folder, check=check, capture_output=True, timeout=120)

    try:
        call(*run, str(programs / "initdb"), "-D", str(folder / "data"), "-U", "banli", "-A", "trust", *order)
        call(*control, "-o", settings, "start")
        yield sa.make_url(f"postgresql+pg8000://banli@127.0.0.1:{port}/postgres")
    finally:
        call(*control, "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database; `indirect` says of which kind: sqlite, or a driver for PostgreSQL."""
    if request.param == "sqlite":
        yield str(tmp_path / "banli.db")
        return
    if not find_spec(request.param):
        pytest.skip(f"{request.param} is not installed")
    server: sa.URL = request.getfixturevalue("server").set(drivername=f"postgresql+{request.param}")
    name = f"banli_{os.getpid()}_{next(_numbers)}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "url" in metafunc.fixturenames:
        metafunc.parametrize("url", ["sqlite", *DRIVERS], indirect=True)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    found = Store(url)
    yield found
    found.close()
