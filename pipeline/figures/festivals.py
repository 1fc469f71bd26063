"""Festivals and seasons that officials use as time limits, as intervals of one year."""

from __future__ import annotations

from datetime import date, timedelta

FIRST_YEAR = 2000
_SPRING = (
    "0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 "
    "0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208 0128 0215 0204 0124 0212"
)
_DRAGON_BOAT = (
    "0606 0625 0615 0604 0622 0611 0531 0619 0608 0528 0616 0606 0623 0612 0602 0620 0609 0530 0618 0607 0625 "
    "0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610 0530 0618 0607 0527 0614"
)
_MID_AUTUMN = (
    "0912 1001 0921 0911 0928 0918 1006 0925 0914 1003 0922 0912 0930 0919 0908 0927 0915 1004 0924 0913 1001 "
    "0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916 1004 0924 0913 1002 0920"
)
"""Month and day of the three lunar festivals for 2000–2040 (computed from the lunar calendar)."""

_LUNAR = {
    "春节": (_SPRING, 0, 7),
    "除夕": (_SPRING, -1, 1),
    "元宵": (_SPRING, 14, 1),
    "端午": (_DRAGON_BOAT, 0, 1),
    "中秋": (_MID_AUTUMN, 0, 1),
}
_FIXED = {
    "元旦": ((1, 1), (1, 1)),
    "清明": ((4, 4), (4, 6)),
    "五一": ((5, 1), (5, 5)),
    "劳动节": ((5, 1), (5, 5)),
    "高考": ((6, 7), (6, 9)),
    "中考": ((6, 15), (6, 25)),
    "七一": ((7, 1), (7, 1)),
    "八一": ((8, 1), (8, 1)),
    "教师节": ((9, 10), (9, 10)),
    "国庆": ((10, 1), (10, 7)),
    "十一": ((10, 1), (10, 7)),
    "春运": ((1, 15), (2, 25)),
    "寒假": ((1, 20), (2, 20)),
    "暑假": ((7, 1), (8, 31)),
    "暑期": ((7, 1), (8, 31)),
    "春季开学": ((3, 1), (3, 1)),
    "春季学期": ((3, 1), (7, 5)),
    "秋季开学": ((9, 1), (9, 1)),
    "秋季学期": ((9, 1), (1, 20)),
    "新学期": ((9, 1), (9, 1)),
    "开学": ((9, 1), (9, 1)),
    "主汛期": ((7, 1), (8, 31)),
    "汛期": ((6, 1), (9, 30)),
    "入汛": ((6, 1), (6, 1)),
    "汛": ((6, 1), (9, 30)),
    "雨季": ((6, 1), (9, 30)),
    "春耕": ((3, 1), (4, 30)),
    "秋收": ((9, 15), (10, 31)),
    "冬季": ((12, 1), (2, 28)),
    "入冬": ((11, 15), (11, 15)),
    "供暖季": ((11, 15), (3, 15)),
    "采暖季": ((11, 15), (3, 15)),
    "供暖期": ((11, 15), (3, 15)),
    "采暖期": ((11, 15), (3, 15)),
    "春": ((3, 1), (5, 31)),
    "夏": ((6, 1), (8, 31)),
    "秋": ((9, 1), (11, 30)),
    "冬": ((12, 1), (2, 28)),
}
"""Usual dates, month and day of the first and last day; an end before its beginning falls in the next year."""

NAMES = sorted({*_LUNAR, *_FIXED} - {"春", "夏", "秋", "冬"}, key=len, reverse=True)


def interval(name: str, year: int) -> tuple[date, date] | None:
    """First and last day of a festival or season that begins in `year`; None for a lunar one outside 2000–2040."""
    if name in _LUNAR:
        table, shift, days = _LUNAR[name]
        if not 0 <= year - FIRST_YEAR <= len(table) // 5:
            return None
        printed = table[5 * (year - FIRST_YEAR) :][:4]
        first = date(year, int(printed[:2]), int(printed[2:])) + timedelta(days=shift)
        return first, first + timedelta(days=days - 1)
    begin, end = _FIXED[name]
    return date(year, *begin), date(year + (end < begin), *end)
