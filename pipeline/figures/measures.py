"""Units of measure and count words, by kind; a look-ahead keeps a unit from being the head of another word."""

from __future__ import annotations

import re
from typing import Literal

Measure = Literal[
    "money", "price", "rate", "points", "count", "length", "area", "volume", "weight", "power", "duration", "speed"
]

_AREA = "平方公里|平方千米|平方米|平米|㎡|公顷|亩"
_UNITS: tuple[tuple[Measure, str], ...] = (
    ("speed", "公里/小时|公里每小时|千米/小时|米/秒"),
    ("area", _AREA),
    ("volume", "立方米|立方|m³|升(?!级|学|降|至|到|高)|方(?=土|水|，|。|；|、|$)"),
    ("length", "公里|千米|厘米|毫米|华里|米(?!线|粉)|km|KM|Km|m(?![a-zA-Z²³])"),
    ("weight", "公斤|千克|吨|斤|克(?!服|隆)"),
    ("power", "千瓦时|兆瓦时|千瓦|兆瓦|千伏安|千伏|度(?=电)|k[VW]A?|K[VW]A?"),
    (
        "duration",
        "个半月|个月|个工作日|工作日|个小时|小时|分钟|秒钟|个星期|周(?!岁|边|年|围)|天"
        "|年(?!级|度|产|均|代|龄|轻|纪|底|末|初|内|来)",
    ),
    (
        "count",
        "人次|户次|车次|批次|个(?!百分点|半月|别)|件|名(?!单|称|额)"
        "|人(?!大|民|员|口|社|均|工|为|才|数|行|防)|户(?!籍|口|外|型|均)|家(?!庭|长|属|园|乡)|盏"
        "|台(?!阶|账|风|湾)|套(?!路|餐)|处(?!理|置|罚|于|分)|座(?!谈|位)|所(?!有|在|以|需)"
        "|条(?!例|款|规定)|项(?!目)|次(?!序|日|年|全)|宗|起(?!来|到|步|草|诉|重)|辆|只(?!有|是|能)|头"
        "|株|棵|块|部(?!门|分|署|长|委|队)|份(?!额)|场(?!所|地|次|馆)|间(?!断|隔)|栋|幢|根(?!据|治|本)|张"
        "|支(?!持|付|队|部|行|出|路|线)|口(?!岸|子|径)|眼|艘|架|门(?!店|口|诊|卫)|组(?!织|长|团|建)|篇"
        "|批(?!复|准|评|示)|班(?!子|级|车|次)|位(?!于|置)|例(?!如|会)|种(?!植|子)|类(?!别|似)|扇|副"
        "|片(?!区)|孔|杆|张|床|颗|册|卷|车位|床位|学位|工位|泊位|标段|人年|个/套",
    ),
)

UNITS = tuple((kind, re.compile(rf"[ 　]?(?P<unit>{units})")) for kind, units in _UNITS)
MONEY = re.compile(
    r"[ 　]?(?P<unit>[百千]?[万亿]?(?:元|块钱|人民币|美元|欧元)|[万亿](?![一-龥㎡]))"
    rf"(?P<per>(?:[/／每](?:{_AREA}|[人月年天日户吨度次个亩米台辆平车位学期生千百斤公里]{{1,4}}))*)"
)
"""A bare 万 or 亿 before a mark counts as money; the caller asks whether money is spoken of."""

SCALE = {"万": 1e4, "亿": 1e8, "百": 1e2, "千": 1e3}
COUNTED_ONE = re.compile(r"[座所台盏处栋幢口眼辆套间艘架株棵公米千亩吨元年天周小]")
"""After 一 only these count: 一个, 一项, 一次 and their like are articles more often than numbers."""
