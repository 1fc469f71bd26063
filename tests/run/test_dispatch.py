"""Hand-over and receipts: from the store to the units' papers and back."""

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pytest

from pipeline.cli import main
from pipeline.errors import BanliError

LETTERS = {
    "路": ("关于硬化石桥村组道路的建议", "建议硬化石桥村组道路三公里。"),
    "河": ("关于疏浚下湾河道的建议", "建议疏浚下湾河道，加固堤防。"),
    "医": ("关于补充乡镇卫生院医生的建议", "建议为乡镇卫生院补充医生。"),
    "空": ("关于有关问题的建议", "建议重视。"),
}


@dataclass
class Office:
    """A working folder with letters and a store."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def call(self, *arguments: str) -> tuple[int, str]:
        status = main(arguments)
        said = self.capsys.readouterr()
        return status, said.out + said.err

    def sheet(self, path: str, name: str) -> list[dict[str, object]]:
        rows = list(openpyxl.load_workbook(self.folder / path)[name].iter_rows(values_only=True))
        return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

    def fill(self, path: str, answers: dict[str, dict[str, str]]) -> str:
        """Write answers, by word of the title, into a list as a unit would."""
        book = openpyxl.load_workbook(self.folder / path)
        sheet = book["总表"]
        names = {cell.value: cell.column for cell in sheet[1]}
        for line in range(2, sheet.max_row + 1):
            title = str(sheet.cell(line, names["案由"]).value)
            for word, values in answers.items():
                if word in title and sheet.cell(line, names["本单位任务"]).value == "主办":
                    for column, value in values.items():
                        sheet.cell(line, names[column]).value = value
        book.save(self.folder / "回执.xlsx")
        return "回执.xlsx"


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the letters have been read and routed."""
    folder = tmp_path_factory.mktemp("worked")
    inbox = folder / "收件"
    inbox.mkdir()
    for name, (title, body) in LETTERS.items():
        (inbox / f"{name}.txt").write_text(f"{title}\n提出人：陈平\n{body}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(("run", "收件", "--out", "结果")) == 0
    return folder


@pytest.fixture
def office(worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    monkeypatch.chdir(shutil.copytree(worked, tmp_path / "office"))
    return Office(tmp_path / "office", capsys)


def test_a_draft_is_marked_and_not_remembered(office: Office) -> None:
    status, said = office.call("handover", "--out", "交办", "--day", "2025-02-20")
    assert status == 0
    assert "这是预案" in said
    assert (office.folder / "交办" / "交办清单（预案）.xlsx").exists()
    assert "待交办\t4" in office.call("status")[1]


def test_final_papers_hold_everything_a_unit_needs(office: Office) -> None:
    office.call("handover", "--out", "交办", "--day", "2025-02-20", "--final")
    rows = office.sheet("交办/交办清单.xlsx", "总表")
    road = next(row for row in rows if "道路" in str(row["案由"]) and row["本单位任务"] == "主办")
    assert road["承办单位"] == "交通运输局"
    assert road["办结期限"] == "2025-05-20"
    assert road["退件期限"] == "2025-03-03"
    assert [row["案由"] for row in office.sheet("交办/交办清单.xlsx", "未交办（待研判）")] == ["关于有关问题的建议"]
    folder = office.folder / "交办" / "水利局"
    with zipfile.ZipFile(folder / "来件（水利局）.zip") as bundle:
        (name,) = bundle.namelist()
        assert bundle.read(name) == (office.folder / "收件" / "河.txt").read_bytes()
    notice = docx.Document(str(folder / "交办通知（水利局）.docx"))
    text = "\n".join(paragraph.text for paragraph in notice.paragraphs)
    assert "水利局：" in text
    assert "请于2025年3月3日前（7个工作日内）反馈回执" in text
    assert notice.tables[0].rows[1].cells[3].text == "关于疏浚下湾河道的建议"
    section = notice.sections[0]
    assert [round(section.top_margin.mm), round(section.left_margin.mm), round(section.right_margin.mm)] == [37, 28, 26]


def test_what_was_handed_over_is_not_handed_over_again(office: Office) -> None:
    office.call("handover", "--out", "交办", "--final")
    status, said = office.call("handover", "--out", "交办2")
    assert status == 1
    assert "没有可以交办的件；待研判 1 件" in said


def test_receipts_move_items_on(office: Office) -> None:
    office.call("handover", "--out", "交办", "--day", "2025-02-20", "--final")
    answers = {
        "道路": {"回执": "退回", "退回理由": "属农村机耕路", "建议改办": "农业农村局", "回执日期": "2025-02-24"},
        "河道": {"回执": "同意接收"},
        "医生": {"回执": "申退", "退回理由": "编制问题", "回执日期": "2025-04-01"},
    }
    status, said = office.call("receipts", office.fill("交办/交办清单.xlsx", answers))
    assert status == 0
    assert "接收 1 件；退回 1 件；逾期退回 1 件" in said
    assert "逾期退回，由人决定：关于补充乡镇卫生院医生的建议" in said
    state = office.call("status")[1]
    assert ["待交办\t1" in state, "待回执\t1" in state, "已接收\t1" in state, "已退回\t1" in state] == [True] * 4
    routes = office.call("export", "routes", "--format", "csv")[1]
    road = next(line for line in routes.splitlines() if "路.txt" in line)
    assert '"unit"": ""农业农村局""' in road or "农业农村局" in road
    assert road.split(",")[3] != "交通运输局"
    assert "交通运输局已退回（2025-02-24）：属农村机耕路，建议由农业农村局办理" in road


def test_a_person_decides_and_the_item_goes_out_again(office: Office) -> None:
    office.call("handover", "--out", "交办", "--day", "2025-02-20", "--final")
    office.call("receipts", office.fill("交办/交办清单.xlsx", {"道路": {"回执": "退回", "回执日期": "2025-02-24"}}))
    office.call("decide", "收件/路.txt", "--lead", "农业农村局", "--by", "李四")
    office.call("handover", "--out", "再交办", "--day", "2025-02-26", "--final")
    rows = office.sheet("再交办/交办清单.xlsx", "总表")
    assert {(row["承办单位"], row["本单位任务"]) for row in rows if "道路" in str(row["案由"])} >= {
        ("农业农村局", "主办")
    }
    assert all("河道" not in str(row["案由"]) for row in rows)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"回执": "再议"}, "看不懂回执“再议”"),
        ({"回执": "退回", "承办单位": "仙人局"}, "不知道是哪个单位的回执"),
        ({"回执": "接收", "来件编码": "", "案由": "关于别的什么的建议"}, "对不上来件"),
    ],
)
def test_a_receipt_that_cannot_be_used_is_told(office: Office, values: dict[str, str], told: str) -> None:
    office.call("handover", "--out", "交办", "--day", "2025-02-20", "--final")
    status, said = office.call("receipts", office.fill("交办/交办清单.xlsx", {"河道": values}))
    assert status == 1
    assert told in said


def test_a_list_without_receipts_says_what_to_do(office: Office) -> None:
    office.call("handover", "--out", "交办", "--final")
    status, said = office.call("receipts", "交办/交办清单.xlsx")
    assert status == 1
    assert "填 接收 或 退回" in said


def test_a_worker_that_does_not_see_the_model_stops(profile, submission, tmp_path: Path) -> None:
    from pipeline.run.items import _route

    with pytest.raises(BanliError, match="看不到同样的模型"):
        _route([submission("关于修路的建议")], profile, (tmp_path / "banli.model", "0123abcd"), {})
    assert _route([submission("关于修路的建议")], profile, (tmp_path / "banli.model", ""), {})
