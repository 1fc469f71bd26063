"""Several suggestions bound in one file (R-ING-03), and files that only look so."""

from collections.abc import Callable

import pytest

from pipeline.records import Document, Failure

Read = Callable[[str, str], list[Document | Failure]]
ONE = "图书馆下午五点半关门，上班的人进不去。建议县文旅局把开放时间延长到晚上九点。"
TWO = "梧桐枝条伸到三楼阳台，刮风砸坏两辆车。建议县城管局每年冬季统一修剪一次。"

BOUND = {
    "第号": (
        f"县九届人大二次会议代表建议汇编\n第1号\n关于延长图书馆开放时间的建议\n领衔代表：骆冰\n{ONE}\n"
        f"第2号\n关于修剪行道树的建议\n领衔代表：古今\n{TWO}\n"
    ),
    "表头": (
        f"代表建议表\n编号：21\n案由：关于延长图书馆开放时间的建议\n领衔代表：骆冰\n{ONE}\n2025年1月3日\n"
        f"代表建议表\n编号：22\n案由：关于修剪行道树的建议\n领衔代表：古今\n{TWO}\n2025年1月3日\n"
    ),
    "序号": (
        f"提案汇编\n1．关于延长图书馆开放时间的提案\n提案人：骆冰\n{ONE}\n"
        f"2．关于修剪行道树的提案\n提案人：古今\n{TWO}\n"
    ),
}
WHOLE = {
    "引用": (
        "关于推动往年建议落地的建议\n领衔代表：骆冰\n去年的两件建议至今没有动静，请县政府办公室逐件核查。\n附：\n"
        "第12号\n关于修建北门公厕的建议\n领衔代表：古今\n第31号\n关于安装护栏的建议\n领衔代表：唐诗\n"
    ),
    "答复": (
        "关于第1号、第2号建议的答复\n骆冰代表：\n您提出的建议收悉，现答复如下：\n第1号\n关于延长图书馆开放时间的建议\n"
        "领衔代表：骆冰\n图书馆已从6月起延长到晚上九点。\n第2号\n关于修剪行道树的建议\n领衔代表：骆冰\n已安排冬季修剪。\n"
        "感谢您的关心和支持。\n县文旅局\n2025年6月1日\n"
    ),
}


@pytest.mark.parametrize("name", BOUND)
def test_a_volume_is_parted(name: str, read: Read) -> None:
    found = [one for one in read("a.txt", BOUND[name]) if isinstance(one, Document)]
    assert [one.source for one in found] == ["inbox/a.txt", "inbox/a.txt@2"]
    assert found[0].title.startswith("关于延长图书馆开放时间的")
    assert found[1].title.startswith("关于修剪行道树的")
    assert ONE in found[0].text and TWO not in found[0].text and TWO in found[1].text
    assert all(any("已分开" in warning for warning in one.warnings) for one in found)


def test_the_head_of_a_volume_counts_for_every_part(read: Read) -> None:
    _, second = read("a.txt", BOUND["第号"])
    assert isinstance(second, Document)
    assert [block.text for block in second.blocks if block.role == "header"] == ["县九届人大二次会议代表建议汇编"]


@pytest.mark.parametrize("name", WHOLE)
def test_what_only_names_others_stays_whole(name: str, read: Read) -> None:
    assert len(read("a.txt", WHOLE[name])) == 1
