"""What a whole letter comes to (domain §3-F): background, refusals, plans and hopes told apart, clause by clause."""

import pytest

from pipeline.audit import audit
from pipeline.profile import Profile
from tests.audit.letters import case

CASES = [
    ("受财力限制，便民桥一时难以解决。我局已将便民桥纳入2026年渡改桥项目上报市局，任务下达后组织实施。", "列入计划"),
    ("便民桥暂时不能解决。下一步，我局将积极争取纳入项目库，争取早日建成。", "不能解决"),
    ("4月8日我局召开专题会议，并与您进行了沟通，现已办理完毕。便民桥已申报为2026年渡改桥项目。", "列入计划"),
    ("渡口两岸净高不足，因此便民桥无法设置会车岛。", "不能解决"),
    ("一是我局将在渡口施划停船线。\n二是不建议在引道安装减速带，夜间容易摔倒。", "部分解决"),
    ("全县现有渡口70处，已建成便民桥31座。青禾村便民桥已列入渡改桥项目，待批复后着手建设。", "列入计划"),
    ("便民桥引道场地平整已完成，桥台开始施工，同步加快用地手续。", "正在解决"),
    ("便民桥未能列入全省规划。我局已完成了渡口踏步的修复。下一步，积极争取项目。", "部分解决"),
    ("便民桥已完成图纸设计。", "正在解决"),
    ("2016年我局在下游建成石拱桥1座。便民桥我局将积极争取，早日开工。", "列入计划"),
    ("便民桥4月20日已建成通行。今后我局将加强管护。", "已解决"),
    ("便民桥预计今年8月完工并投入使用。", "正在解决"),
    ("建议便民桥待新码头竣工后再规划建设。", "不能解决"),
    ("如果有合适的项目，我局将统筹考虑。", "作参考"),
    ("渡口设备老化，无法满足群众过河需求。便民桥11月底前建成，先招标后施工。", "列入计划"),
    ("对暂时不具备建桥条件的，加强渡船管理。便民桥已于4月开工，正在浇筑桥墩。", "正在解决"),
    ("去年有两项没有办成，今年补上了：便民桥4月20日已建成通行。", "已解决"),
]


@pytest.mark.parametrize(("answer", "outcome"), CASES)
def test_the_text_comes_to(answer: str, outcome: str, profile: Profile) -> None:
    [found] = audit([case(answer, label="")], profile)
    assert found.verdict.outcome == outcome


def test_solved_by_label_but_only_planned_by_the_text(profile: Profile) -> None:
    answer = "近年来全县已建成便民桥31座。青禾村便民桥已列入渡改桥项目，11月底前建成，先招标后施工。"
    rules = {f.rule for f in audit([case(answer, label="A")], profile)[0].findings}
    assert "L01" in rules
