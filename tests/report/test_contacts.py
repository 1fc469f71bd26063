"""三沟通 and 五定: what letters tell of contacts, what cards leave open."""

from datetime import date

import pytest

from pipeline.profile import Profile
from pipeline.records import Block, Document, Reply
from pipeline.report.contacts import cards, contacts

HANDED = date(2025, 2, 20)


def stages(text: str, profile: Profile) -> list[tuple[str, str]]:
    letter = Reply("r", "r", "r", "答复", "", text, day=date(2025, 5, 20))
    return [(contact.stage, contact.form) for contact in contacts(letter, HANDED, profile)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("办理前，我局王局长登门听取了您的意见。", [("办前", "面商")]),
        ("办理中，我局邀请您到渡口实地察看。", [("办中", "现场")]),
        ("答复前，又把答复稿当面请您提意见。", [("办后", "面商")]),
        ("2月26日，我局上门拜访了您。", [("办前", "面商")]),
        ("4月30日，我局上门拜访了您。", [("办中", "面商")]),
        ("我局与您进行了电话沟通。", [("", "电话")]),
        ("接到建议后给您打了电话；办理中又请您到现场察看。", [("办前", "电话"), ("办中", "现场")]),
        ("今后我局将加强与代表的电话沟通。", []),
        ("欢迎您到我局座谈。", []),
        ("我局召开了群众代表座谈会。", []),
        ("联系人：方同，联系电话：0560-6030001。", []),
        ("渡口便民桥11月底前建成。", []),
        ("您的邻居（电话138****0001）的补偿款已经到账。", []),
    ],
)
def test_contacts_with_their_stage(text: str, told: list[tuple[str, str]], profile: Profile) -> None:
    assert stages(text, profile) == told


def document(*rows: tuple[str, ...]) -> Document:
    blocks = tuple(Block("\t".join(cells), "row", cells=cells) for cells in rows)
    return Document("d", "卡.docx", "其他", "责任卡", "责任卡", blocks=blocks)


CARD = (
    ("编号", "第6号", "案由", "关于修建便民桥的建议"),
    ("分管领导", "方同", "责任科室", "工程股"),
    ("承办人", "白水", "办理标准", "建桥一座"),
    ("完成时限", "2025年11月底", "备注", ""),
)


def test_a_full_card_lacks_nothing(profile: Profile) -> None:
    [card] = cards([document(*CARD)], profile)
    assert (card.number, card.title, card.missing) == ("第6号", "关于修建便民桥的建议", ())


@pytest.mark.parametrize(("row", "at", "lacks"), [(1, 1, "分管领导"), (2, 3, "办理标准"), (3, 1, "完成时限")])
def test_an_empty_field_is_named(row: int, at: int, lacks: str, profile: Profile) -> None:
    cells = [list(line) for line in CARD]
    cells[row][at] = "／"
    [card] = cards([document(*map(tuple, cells))], profile)
    assert card.missing == (lacks,)


def test_a_list_has_one_card_a_line(profile: Profile) -> None:
    head = ("编号", "案由", "分管领导", "责任股室", "责任人", "办结时限")
    found = cards(
        [document(head, ("3", "修桥", "方同", "工程股", "白水", "9月"), ("4", "修路", "方同", "", "白水", ""))], profile
    )
    assert [card.missing for card in found] == [("办理标准",), ("责任科室", "办理标准", "完成时限")]


def test_other_tables_are_no_cards(profile: Profile) -> None:
    assert cards([document(("编号", "案由", "主办单位", "责任人"), ("1", "修桥", "交通运输局", "方同"))], profile) == []
    assert cards([document()], profile) == []
