"""The papers of the audit: every fault with its words, a skeleton that invents nothing, a folder a unit."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from pipeline.profile import Profile
from pipeline.records import Ask, Audit, Commitment, Coverage, Finding, Pair, Reply, Submission, Verdict
from pipeline.report import Results
from pipeline.report.opinion import opinion
from pipeline.report.opinions import write
from pipeline.report.progress import progress
from pipeline.report.skeleton import FIELDS, FILL, SLOTS, addressee, ordinal

ASKS = ("在柳树村口装8盏路灯", "把村道拓宽到5米", "每月巡查一次线路")
LETTER = (
    "云禾县城市管理局\n向明代表：\n您提出的建议收悉。现答复如下：\n柳树村口的8盏路灯由照明股负责，9月底前装好。\n"
    "村道拓宽因占用基本农田，不能办理。\n联系人：高远　电话：0560-6011234\n2025年5月20日"
)


def span(text: str) -> tuple[int, int]:
    start = LETTER.index(text)
    return start, start + len(text)


def finding(rule: str, severity: str, quote: str = "") -> Finding:
    start, end = span(quote) if quote else (-1, -1)
    return Finding("r1", rule, severity, f"理由{rule}", quote, start, end, f"改法{rule}")  # type: ignore[arg-type]


@pytest.fixture
def results(profile: Profile) -> Results:
    asks = tuple(Ask(n, text, 0, 0) for n, text in enumerate(ASKS, start=1))
    asked = Submission(
        "s1", "s1", "收件/1.docx", "建议", "关于柳树村道路照明的建议", "正文", number="21", asks=asks,
        session="云禾县第十七届人民代表大会第四次会议", proposers=("向明",), lead="城市管理局",
        co=("自然资源局",), year=2025,
    )  # fmt: skip
    promise = Commitment(
        "装好", "装好", *span("柳树村口的8盏路灯由照明股负责，9月底前装好。"), object="路灯", deadline_text="9月底前",
        deadline_to=date(2025, 9, 30), strength="T4", actor="照明股",
    )  # fmt: skip
    reply = Reply(
        "r1", "r1", "答复/1.docx", "答复", "关于第21号建议的答复", LETTER, number="21", unit="城市管理局",
        day=date(2025, 5, 20), contact="高远", phone="0560-6011234", commitments=(promise,),
    )  # fmt: skip
    coverage = (
        Coverage(
            1,
            "列入计划",
            LETTER[slice(*span("柳树村口的8盏路灯由照明股负责，9月底前装好。"))],
            promise.start,
            promise.end,
        ),
        Coverage(2, "解释不采纳", "村道拓宽因占用基本农田，不能办理。", *span("村道拓宽因占用基本农田，不能办理。")),
        Coverage(3, "未回应"),
    )
    found = (finding("C03", "error"), finding("P03", "warn", "9月底前装好"), finding("F09", "hint"))
    fine = replace(reply, id="r2", document_id="r2", source="答复/2.docx", unit="水利局")
    return Results(
        submissions=[asked],
        replies=[reply, fine],
        pairs=[Pair("r1", "s1", "编号相同"), Pair("r2", None, "没有")],
        audits=[
            Audit("r1", "s1", Verdict("r1", "补充", 0.9, ("附件没有一并送来",)), found, coverage),
            Audit("r2", None, Verdict("r2", "通过")),
        ],
        profile=profile,
        today=date(2025, 12, 1),
    )


def lines(path: Path) -> list[str]:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


@pytest.fixture
def paper(results: Results, tmp_path: Path) -> list[str]:
    return lines(opinion(results.replies[0], results.audits[0], results).save(tmp_path / "意见.docx"))


def test_every_fault_stands_with_rule_words_and_remedy_the_worst_first(paper: list[str], profile: Profile) -> None:
    text = "\n".join(paper)
    assert paper[2] == "城市管理局："
    assert "第21号建议《关于柳树村道路照明的建议》" in text
    places = [text.index(f"{profile.rules[rule].name}（{rule}）：理由{rule}。") for rule in ("C03", "P03", "F09")]
    assert places == sorted(places)
    assert "原文：“9月底前装好”" in text
    assert all(f"怎样改：改法{rule}。" in text for rule in ("C03", "P03", "F09"))
    assert "附件没有一并送来" in text


def test_faults_of_one_kind_share_a_number(results: Results, tmp_path: Path) -> None:
    twice = (finding("P02", "error", "9月底前装好"), replace(finding("P02", "error", "不能办理"), message="理由P02"))
    audit = replace(results.audits[0], findings=twice)
    text = "\n".join(lines(opinion(results.replies[0], audit, results).save(tmp_path / "a.docx")))
    assert (text.count("（P02）"), text.count("原文：")) == (1, 2)
    assert "必须改正的问题（2条）" in text


def test_the_skeleton_keeps_what_the_letter_says_and_leaves_the_rest_blank(paper: list[str]) -> None:
    text = "\n".join(paper)
    first, second, third = (text.index(f"、关于“{ask}”") for ask in ASKS)
    assert "时限：9月底前（原答复）" in text[first:second]
    assert "责任单位、责任人：照明股（原答复）" in text[first:second]
    assert f"步骤：{FILL}" in text[first:second]
    assert f"替代办法：{FILL}" in text[second:third]
    assert f"办理意见（采纳、部分采纳、列入计划或不采纳）：{FILL}" in text[third:]
    assert f"会办单位意见：自然资源局{FILL}" in text
    assert "联系人：高远　　电话：0560-6011234" in text


def test_the_skeleton_invents_no_number(paper: list[str], results: Results) -> None:
    start = next(n for n, line in enumerate(paper) if line.startswith("附件"))
    end = next(n for n, line in enumerate(paper) if line.startswith("抄送"))
    asked = results.submissions[0]
    known = LETTER + "".join(ASKS) + asked.title + asked.number
    for line in paper[start : end + 1]:
        for number in re.findall(r"\d+", re.sub(r"^（\d）", "", line)):
            assert number in known, line


def test_days_and_office_are_left_to_people(paper: list[str]) -> None:
    text = "\n".join(paper)
    assert "审核单位（盖章）：＿＿＿＿＿＿＿＿\n＿＿＿＿年＿＿月＿＿日" in text
    assert "2026" not in text


def test_a_letter_without_its_item_has_a_skeleton_of_blanks(results: Results, tmp_path: Path) -> None:
    alone = replace(results, pairs=[Pair("r1", None, "没有")], audits=[replace(results.audits[0], coverage=())])
    text = "\n".join(lines(opinion(alone.replies[0], alone.audits[0], alone).save(tmp_path / "a.docx")))
    assert "没有对上来件" in text
    assert "一、【请写明所答复的诉求】" in text
    assert f"{FILL}：" in text  # nobody to address


@pytest.mark.parametrize(
    ("people", "kind", "told"),
    [(("向明",), "建议", "向明代表"), (("向明", "余青"), "提案", "向明等2名委员"), ((), "建议", FILL)],
)
def test_the_salutation_names_who_asked(results: Results, people: tuple[str, ...], kind: str, told: str) -> None:
    asked = replace(results.submissions[0], proposers=people[:1], cosigners=people[1:], kind=kind)
    assert addressee(asked) == told


def test_ordinals_count_on() -> None:
    assert [ordinal(n) for n in (0, 9, 10, 19, 20, 30)] == ["一", "十", "十一", "二十", "二十一", "三十一"]


def test_every_slot_is_a_field_somewhere() -> None:
    assert set(SLOTS) <= {name for names in FIELDS.values() for name in names}


def test_each_unit_gets_its_workbook_and_only_returned_letters_a_paper(results: Results, tmp_path: Path) -> None:
    sent = {one.unit: one for one in write(results, tmp_path)}
    assert [path.suffix for path in sent["城市管理局"].paths] == [".xlsx", ".docx"]
    assert [path.suffix for path in sent["水利局"].paths] == [".xlsx"]
    book = openpyxl.load_workbook(sent["城市管理局"].paths[0])
    assert book.sheetnames[:4] == ["答复与结论", "答复审核", "逐条回应", "承诺台账"]
    titles = [cell.value for cell in book["答复与结论"][1]]
    row = dict(zip(titles, book["答复与结论"][2], strict=True))
    assert (row["结论"].value, row["诉求"].value, row["未回应"].value) == ("补充", 3, 1)
    assert (tmp_path / "城市管理局" / row["审核意见"].hyperlink.target.replace("%20", " ")).is_file()
    assert [cell.value for cell in book["逐条回应"]["E"]][1:] == ["列入计划", "解释不采纳", "未回应"]


def test_two_letters_on_one_item_do_not_overwrite_each_other(results: Results, tmp_path: Path) -> None:
    again = replace(results.replies[0], id="r3", source="答复/3.docx")
    audits = [*results.audits, replace(results.audits[0], reply_id="r3")]
    more = replace(
        results, replies=[*results.replies, again], pairs=[*results.pairs, Pair("r3", "s1", "编号相同")], audits=audits
    )
    (sent,) = write(more, tmp_path, "城市管理局")
    assert len(set(sent.paths)) == 3
    assert all(path.is_file() for path in sent.paths)


def test_a_unit_name_cannot_leave_the_folder(results: Results, tmp_path: Path) -> None:
    odd = replace(results, replies=[replace(results.replies[0], unit="../../局：A/B")])
    (sent,) = write(odd, tmp_path / "出")
    assert all((tmp_path / "出").resolve() in path.resolve().parents for path in sent.paths)


def test_the_draft_report_states_only_counted_figures(results: Results, tmp_path: Path) -> None:
    draft = progress(results)
    assert draft is not None
    text = "\n".join(lines(draft.save(tmp_path / "a.docx")))
    assert "本次办理2件" in text
    assert f"满意率{FILL}（没有满意度反馈" in text
    assert "承办单位：城市管理局" in text
    assert progress(Results()) is None


def test_units_whose_names_end_alike_keep_their_own_folders(results: Results, tmp_path: Path) -> None:
    first, second = (replace(reply, unit="", unit_text=f"{'很' * 45}{n}局") for n, reply in enumerate(results.replies))
    sent = write(replace(results, replies=[first, second]), tmp_path)
    assert len({path.parent for one in sent for path in one.paths}) == 2


def test_a_co_unit_writes_to_the_lead_again(results: Results, tmp_path: Path) -> None:
    joint = replace(results, replies=[replace(results.replies[0], kind="会办意见", unit="财政局"), results.replies[1]])
    text = "\n".join(lines(opinion(joint.replies[0], joint.audits[0], joint).save(tmp_path / "a.docx")))
    assert "第21号建议的会办意见" in text
    assert "城市管理局：\n你单位主办的《关于柳树村道路照明的建议》收悉。现提出会办意见如下：" in text
    assert "征询意见表" not in text


def test_a_letter_on_several_items_has_a_part_for_each_ask(results: Results, tmp_path: Path) -> None:
    other = replace(
        results.submissions[0], id="s9", number="35", title="关于梨树村路灯的建议", asks=(Ask(1, "修好3盏坏灯", 0, 0),)
    )
    audit = replace(
        results.audits[0], coverage=(*results.audits[0].coverage, Coverage(1, "未回应", submission_id="s9"))
    )
    both = replace(results, submissions=[*results.submissions, other], audits=[audit, results.audits[1]],
                   pairs=[Pair("r1", "s1", "编号相同", ("s9",)), results.pairs[1]])  # fmt: skip
    text = "\n".join(lines(opinion(both.replies[0], audit, both).save(tmp_path / "a.docx")))
    assert "第21、35号建议的答复" in text
    assert "四、关于“修好3盏坏灯”" in text
    assert "35号之1" in text
