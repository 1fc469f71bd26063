"""The columns of the registers and the short names that clerks write."""

from __future__ import annotations

SHORT = {
    "发展和改革局": "发改局",
    "工业和信息化局": "工信局",
    "人力资源和社会保障局": "人社局",
    "住房和城乡建设局": "住建局",
    "城市管理局": "城管局",
    "交通运输局": "交通局",
    "文化广电和旅游局": "文广旅局",
    "卫生健康局": "卫健局",
    "市场监督管理局": "市监局",
    "行政审批服务局": "审批局",
}
SATISFACTION = {"通过": "满意", "建议抽检": "基本满意", "补充": "基本满意", "退回重写": "不满意"}
Column = tuple[str, str, str]  # upper header, lower header ("" where merged down), key of the row
HISTORY: tuple[Column, ...] = (
    ("序号", "", "row"),
    ("编号", "", "number"),
    ("届次", "", "session"),
    ("案由", "", "title"),
    ("内容", "", "body"),
    ("提出人", "", "proposers"),
    ("附议人", "", "cosigners"),
    ("代表团", "", "delegation"),
    ("办理单位", "主办", "lead"),
    ("办理单位", "会办", "co"),
    ("交办日期", "", "handed_over"),
    ("办理情况", "答复内容", "reply"),
    ("办理情况", "办理结果", "label"),
    ("办理情况", "答复日期", "day"),
    ("满意度", "", "satisfaction"),
)
INBOX: tuple[Column, ...] = (
    ("类型", "", "kind"),
    ("建议号", "", "number"),
    ("届次", "", "session"),
    ("标题", "", "title"),
    ("正文", "", "body"),
    ("领衔代表（第一提案人）", "", "proposers"),
    ("附议（联名）人", "", "cosigners"),
    ("代表团（界别）", "", "delegation"),
    ("交办日期", "", "handed_over"),
)
HAND_OVER: tuple[Column, ...] = (
    ("类型", "", "kind"),
    ("编号", "", "number"),
    ("届次", "", "session"),
    ("案由", "", "title"),
    ("主办单位", "", "lead"),
    ("会办单位", "", "co"),
    ("交办日期", "", "handed_over"),
)
REPLIES: tuple[Column, ...] = (
    ("编号", "", "number"),
    ("届次", "", "session"),
    ("案由", "", "title"),
    ("承办单位", "", "unit"),
    ("答复内容", "", "reply"),
    ("办理结果", "", "label"),
    ("答复日期", "", "day"),
)
PROPOSAL_NAMES = {"编号": "提案号", "提出人": "第一提案人", "附议人": "联名委员", "代表团": "界别", "案由": "题目"}
DOWN = ("session", "lead", "co")  # merged down where neighbours agree
WIDTHS = {"row": 6, "number": 8, "title": 30, "body": 60, "reply": 60, "handed_over": 14, "day": 14}


def numbered(columns: tuple[Column, ...], kind: str) -> tuple[Column, ...]:
    """The columns in the words of a kind: proposals have 委员 and 界别."""
    if kind == "建议":
        return columns
    return tuple((PROPOSAL_NAMES.get(upper, upper), lower, key) for upper, lower, key in columns)
