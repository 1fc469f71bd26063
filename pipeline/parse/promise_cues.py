"""What the wording of one clause says of its kind: promise, finished work, plan, the other side's words, a rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.profile import Profile

_GUARDS = {
    "拟": r"(?<![模虚草比])拟(?!人|态|合)",
    "计划": (
        r"(?:(?<=^)|(?<=[局委办府心镇道县市区省们司并也还目前已初且门院站会队校方村乡正关步，]))(?:已)?计划("
        r"?![，。、；的内外书生经指性局委部]|$)"
        r"|计划(?=于|在|今|明|年底|年内|下|\d|20|二〇|新建|投资|对|从|分)"
    ),
    "准备": r"准备(?=于|在|对|将|启动|实施|新|建|通过|采取|开展|安排|招标|近期|下|年|今|明)",
    "待": r"(?<![优期等接招款慢看])待(?!遇|业|定|办|查|命|人|岗|建|改|解决|完善|提高|加强|研究)(?=[^，。；]{2,24})",
    "正在": r"正在(?!等待|等候|被|[^，。；对把将向与]{2,4}的)",
    "启动": r"(?:即将|正|全面|尽快|适时|择机|逐步)启动",
    "后续": r"后续(?=[我将继会要由再还，]|工作中)",
    "争取": r"(?<!通过)(?<!已)争取",
    "继续": r"继续(?!教育|享受|关注|关心|支持|[^，。；]{1,6}的)",
    "近期": r"近期(?=内?[将拟计会启开组安完进对，])",
}
_REPORT = "[一-龥]{2,4}(?:结果|情况|意见|进展)(?:向|报|告|反馈|通报|书面)"
"""After 将 in the sense of 把: 将办理结果向…汇报 tells, it does not promise."""
_WE_WILL = (
    r"(?:我们|[我本][局委办县市区镇乡院校司处队所站会厅中街单公][心道位司]?)将(?![您你]|[^，。；]{0,6}(?:情况|结果))"
)
_WILL = (
    r"(?:我们|[局办府心镇道队司院校站])也?会(?!议|同|计|员|长|场|上|后|不|有|是"
    r"|对此)|(?<![委协工大社开])会(?=尽快|尽力|继续|持续|及时|加强|加大|积极|根据"
    r"|按|认真"
    r"|进一步|组织|安排|考虑|逐步|陆续|结合|严格|依法|立即|不断"
    r"|密切|全力|努力|综合|统筹|督促|协调|协同|配合|优先|定期|采取|对|将|向|把|在|着力|重点|针对)"
)
_ALREADY = re.compile(r"已经?(?!列入|纳入|计划|拟|着手|将.{0,30}(?:列入|纳入))")
_DONE_VERB = re.compile(
    r"(?:业已|现已|均已|已经?)[一-龥]{0,8}?(?:完成|解决|到位|完毕|结束|建成|投用"
    r"|安装|修复|更换|拆除|恢复|开通|清除|清理|办结|退还|发放|拨付)(?!方案|办法)"
)
_LE = re.compile(r"[一-龥]了(?!解|断|结|望|[，。]?如)(?<!为了)(?<!除了)")
_LISTED = re.compile(
    r"(?:列入|纳入|编入|进入|录入|增列)[^，。；]{0,24}(?:计划|规划|项目|工程|储备库"
    r"|盘子|预算|实事|范围|方案|安排|清单|台账|重点|目标|任务)"
)
_SELF = re.compile(
    r"(?:我|本)(?:局|委|办|县|市|区|镇|乡|街道|中心|单位|院|校|公司|部门|大队|支队"
    r"|队|站|所|室|会|厅|处|馆|分局|管委会|行)|我们|(?:县|市|区|镇|乡)(?:委|人民)?政府"
    r"|(?:县|市|区)委(?!督|宣|组|办|政|统|编|党|老)"
)
_RULE = re.compile(
    r"第[一二三四五六七八九十百\d]+条|(?:根据|依据|按照|依照|参照|遵照)[^，。；]{0,12}[《“]"
    r"|《[^》]+》[^。；]{0,8}(?:规定|明确|要求|指出)"
)
_TITLE = re.compile(r"《[^》\n]{0,80}》")
_CITIZEN = re.compile(
    r"(?<![向给与和对知据照合为])[您你](?!们?(?:提出|反映|所|的(?:建议|意见|提案"
    r"|诉求|问题)|建议|来信|留言|关于|在))"
)


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first; “…” in a word stands for up to 12 characters."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("…", "[^，。；]{0,12}") for word in ordered) or r"(?!)"


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled wording lists of a profile; patterns are searched in one clause."""

    future: re.Pattern[str]
    soon: re.Pattern[str]
    listed: re.Pattern[str]
    done: re.Pattern[str]
    past: re.Pattern[str]
    concrete: re.Pattern[str]
    soft: re.Pattern[str]
    vague: re.Pattern[str]
    attitude: re.Pattern[str]
    condition: re.Pattern[str]
    refusal: re.Pattern[str]
    closing: re.Pattern[str]
    restated: re.Pattern[str]
    addressed: re.Pattern[str]
    rule: re.Pattern[str]
    courtesy: re.Pattern[str]
    opening: re.Pattern[str]
    shared: re.Pattern[str]
    step: re.Pattern[str]
    prompt: re.Pattern[str]
    pledge: re.Pattern[str]
    outcome: re.Pattern[str]


_LISTS = {
    "concrete": "措施动词",
    "soft": "措施软词",
    "vague": "空泛词",
    "attitude": "态度词",
    "refusal": "拒绝词",
    "closing": "结束语",
    "restated": "转述词",
    "addressed": "致来信人词",
    "courtesy": "客套承诺词",
    "opening": "打算引导词",
    "shared": "共同时限词",
    "step": "步骤词",
    "prompt": "即办词",
}


@lru_cache(maxsize=8)
def cues_of(profile: Profile) -> Cues:
    """The cues of a profile's wording lists; the ambiguous words of 将来词 count only in a fitting context."""
    words = profile.words
    told = alternatives(word for word in words("过去语气词") if word not in {"已", "已经", "了", "过去"})
    past = rf"{told}|(?:^|[在比和与])过去"
    times = [word for word in words("将来词") if _is_time(word)]
    return Cues(
        future=_future(profile),
        soon=re.compile(alternatives([*words("打算引导词"), *times])),
        listed=re.compile(f"{alternatives(words('列入计划词'))}|{_LISTED.pattern}"),
        done=re.compile(f"{alternatives(words('完成词'))}|{_DONE_VERB.pattern}"),
        past=re.compile(f"{past}|{_ALREADY.pattern}|{_LE.pattern}"),
        condition=re.compile(alternatives(words("条件悬置词")) + r"|待[^，。；]{2,40}?(?:后|之后|时)"),
        rule=re.compile(rf"(?<![答响对供反相适效])(?:{alternatives(words('规范语气词'))})|{_RULE.pattern}"),
        pledge=re.compile(rf"[将会](?:{'|'.join(words('将后式'))})|(?:拟|计划|打算|准备|正在)[^，。；]{{3,}}"),
        outcome=re.compile(f"(?:将|会)(?:{alternatives(words('非行为词'))})"),
        **{name: re.compile(alternatives(words(list_name))) for name, list_name in _LISTS.items()},
    )


def _future(profile: Profile) -> re.Pattern[str]:
    """Words of what is to come: those that always mean it, the others where the context fits."""
    listed = [word for word in profile.words("将来词") if word not in set(profile.words("打算引导词"))]
    guarded = [_GUARDS[word] for word in listed if word in _GUARDS]
    if "将" in listed:
        words = profile.words
        verbs = alternatives(word for name in ("措施动词", "措施软词", "空泛词") for word in profile.words(name))
        led = "|".join(words("将后式"))
        guarded += [rf"(?<![已现就可应须需必得议求望请便])将(?!{_REPORT})(?={led}|{verbs})", _WE_WILL]
    plain = [word for word in listed if word not in _GUARDS and word != "将" and not _is_time(word)]
    return re.compile("|".join([*guarded, alternatives(plain), _WILL]))


def _is_time(word: str) -> bool:
    """Adverbs of time promise nothing without a verb: 明年, 年内, 届时."""
    return bool(re.search(r"[年时今日期]|^今后", word))


def masked(text: str) -> str:
    """The text with the inside of title marks blanked, character for character: a title is nobody's word."""
    return _TITLE.sub(lambda match: "《" + "※" * (len(match.group()) - 2) + "》", text)


def names_self(text: str) -> bool:
    """Whether the replying side speaks of itself."""
    return bool(_SELF.search(text))


def self_name(text: str) -> str:
    """How the replying side names itself, empty where it does not."""
    match = _SELF.search(text)
    return match.group() if match else ""


def to_citizen(text: str) -> bool:
    """Whether the clause speaks to the letter's reader other than of what they wrote."""
    return bool(_CITIZEN.search(text))
