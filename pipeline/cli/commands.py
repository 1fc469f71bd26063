"""What each command does: a thin layer over `pipeline.run`, with progress and a short Chinese summary."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline import run as stages
from pipeline.cli import folders, letters
from pipeline.cli.show import Meter, summary
from pipeline.engines import engine
from pipeline.errors import BanliError, CallError
from pipeline.profile import Profile, default_folder, load, with_columns
from pipeline.records import Document, Failure, Reply, Route, Speech
from pipeline.store import Store, default_model_folder, own_paths


@contextmanager
def _job(call: Namespace) -> Iterator[tuple[stages.Job, Meter]]:
    """The job of a call, with its store closed afterwards."""
    profile = _profile(call)
    chosen = engine(call.engine)
    store = Store(call.store)
    try:
        with Meter() as meter:
            yield stages.Job(store, profile, chosen, meter), meter
    finally:
        store.close()


def _profile(call: Namespace) -> Profile:
    return with_columns(load(Path(call.profile) if call.profile else default_folder()), getattr(call, "columns", ()))


def _parts(call: Namespace) -> dict[str, list[Path]]:
    return {
        "replies": [Path(p) for p in call.replies],
        "history": [Path(p) for p in call.history],
        "inbox": [Path(p) for p in call.inbox],
    }


def _own(call: Namespace) -> list[Path]:
    """What this program writes: the results, the store and its model are never input."""
    out = [Path(call.out)] if "out" in call else []
    return [*out, *own_paths(call.store)]


def run(call: Namespace) -> int:
    """All stages, then the results."""
    out = Path(call.out)
    _check_out(out)
    with _job(call) as (job, meter):
        model = default_model_folder(call.store)
        steps: list[tuple[str, Callable[[], int]]] = [
            ("读取文件", lambda: stages.extract(job, _parts(call), _own(call))),
            ("识别内容", lambda: stages.parse(job)),
            ("学习往年", lambda: stages.learn(job, model)),
            ("推荐单位", lambda: stages.route(job, model)),
            ("查找重复", lambda: stages.recur(job)),
            ("审核答复", lambda: stages.audit(job)),
        ]
        done = [meter.time(name, step) for name, step in steps]
        written: list[Path] = []

        def write() -> int:
            written.extend(stages.report(job, out))
            return len(written)

        meter.time("写出结果", write)
        found = stages.results(job.store)
    summary(found, meter, written, fresh=any(done), given=getattr(call, "columns", ()))
    if not found.present().documents:
        raise BanliError("没有一个文件能处理", "看 交办建议表.xlsx 的“未能处理”，或检查收件的路径")
    return 0


def demo(call: Namespace) -> int:
    """The whole job on the demonstration county that comes with the package."""
    files = folders.demonstration()
    call.inbox, call.replies = [files / "收件2025"], [files / "答复2025"]
    call.history = [files / "往年", files / "讲话"]
    return run(call)


def _check_out(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise CallError(f"--out {out} 是一个文件", "写一个文件夹的名字")


def extract(call: Namespace) -> int:
    """Files → documents."""
    with _job(call) as (job, meter):
        count = meter.time("读取文件", lambda: stages.extract(job, _parts(call), _own(call)))
        documents, failed = job.store.count(Document), job.store.count(Failure)
    print(f"新读取 {count} 个文件；数据库里有 {documents} 份文档，未能处理 {failed} 条。")
    return 0 if documents else 1


def parse(call: Namespace) -> int:
    """Documents → submissions, replies, speeches."""
    with _job(call) as (job, meter):
        count = meter.time("识别内容", lambda: stages.parse(job))
        held = {name: job.store.count(kind) for name, kind in (("答复", Reply), ("讲话报告通知", Speech))}
    print(f"新识别 {count} 份文档；现有答复 {held['答复']}，讲话报告通知 {held['讲话报告通知']}。")
    return 0


def route(call: Namespace) -> int:
    """Submissions → recommended units."""
    with _job(call) as (job, meter):
        count = meter.time("推荐单位", lambda: stages.route(job, default_model_folder(call.store)))
        routes = job.store.all(Route)
    print(f"新推荐 {count} 件；共 {len(routes)} 件，其中需人工研判 {sum(r.needs_person for r in routes)} 件。")
    return 0


def recur(call: Namespace) -> int:
    """Submissions → pairs and themes."""
    with _job(call) as (job, meter):
        meter.time("查找重复", lambda: stages.recur(job))
        found = stages.results(job.store)
    print(f"相同或相似 {len(found.matches)} 对，一类问题 {len(found.themes)} 组。")
    return 0


def audit(call: Namespace) -> int:
    """Replies → findings and verdicts; two files → one letter on the screen."""
    if call.submission:
        return letters.audit(call)
    with _job(call) as (job, meter):
        meter.time("审核答复", lambda: stages.audit(job))
        found = stages.results(job.store)
    unpaired = sum(pair.submission_id is None for pair in found.pairs)
    findings = sum(len(audit.findings) for audit in found.audits)
    print(f"答复 {len(found.replies)} 份，未配对 {unpaired} 份；共发现 {findings} 条。")
    return 0


def report(call: Namespace) -> int:
    """The store → workbook, page, JSON lines."""
    _check_out(Path(call.out))
    with _job(call) as (job, _):
        written = stages.report(job, Path(call.out))
    print(*written, sep="\n")
    return 0


def status(call: Namespace) -> int:
    """What the store holds and what is pending."""
    with _job(call) as (job, _):
        for name, count in stages.pending(job, default_model_folder(call.store)).items():
            print(f"{name}\t{count}")
    return 0


def export(call: Namespace) -> int:
    """One kind of rows, to a file or to the screen."""
    from pipeline.report import FORMATS, KINDS, rows, write

    if call.kind not in KINDS:
        raise CallError(f"没有 {call.kind} 这一类", "可导出：" + " ".join(KINDS))
    if call.format == "xlsx" and not call.out:
        raise CallError("导出 xlsx 要写明 --out 文件", f"例如 --out {call.kind}.xlsx")
    store = existing_store(call.store)
    found = rows(call.kind, replace(stages.results(store), profile=_profile(call)))
    if call.out:
        write(found, call.format, Path(call.out))
    else:
        FORMATS[call.format](found, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    store.close()
    return 0


def existing_store(url: str) -> Store:
    """The store of a call, which must be there already."""
    if "://" not in url and not Path(url).exists():
        raise BanliError(f"找不到数据库 {url}", "先运行 banli run，或用 --store 指明数据库")
    return Store(url)


def train(call: Namespace) -> int:
    """Registers of past years → the trained router, with its card."""
    with _job(call) as (job, meter):
        if call.history:
            history = [Path(p) for p in call.history]
            meter.time("读取文件", lambda: stages.extract(job, {"history": history}, _own(call)))
            meter.time("识别内容", lambda: stages.parse(job))
        folder = default_model_folder(call.store)
        meter.time("学习往年", lambda: stages.learn(job, folder))
    if not folder.exists():
        print("往年登记表里有主办单位的件太少，先用规则推荐。")
        return 1
    print((folder / "card.json").read_text(encoding="utf-8"))
    return 0


def decide(call: Namespace) -> int:
    """A person's decision, as a row of its own."""
    from pipeline.cli import desk

    with closing(existing_store(call.store)) as store:
        return desk.decide(call, store, _profile(call))


def similar(call: Namespace) -> int:
    """What was said of the same matter before."""
    from pipeline.cli import desk

    if bool(call.file) == bool(call.text):
        raise CallError("写一个文件，或 --text 文字，二者选一", "例如 banli similar 来件.docx")
    with closing(existing_store(call.store)) as store:
        return desk.similar(call, store, _profile(call))


def handover(call: Namespace) -> int:
    """Items → papers for the units."""
    from pipeline.cli import desk

    _check_out(Path(call.out))
    with _job(call) as (job, _):
        return desk.handover(call, job)


def receipts(call: Namespace) -> int:
    """What the units say to their items → the store."""
    from pipeline.cli import desk

    with _job(call) as (job, _):
        return desk.receipts(call, job, default_model_folder(call.store))


def evaluate(call: Namespace) -> int:
    """Scores on an office's own labelled tables."""
    from pipeline.cli import measure

    return measure.evaluate(call, _profile(call))


def profile(call: Namespace) -> int:
    """Copy the default profile, or check a folder."""
    return folders.rules(call)


redact = letters.redact
