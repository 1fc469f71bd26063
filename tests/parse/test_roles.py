"""Who is reviewed, graded, and who reviews (R-STA-09)."""

from __future__ import annotations

import pytest

from pipeline.parse.roles import roles
from pipeline.profile import Profile


def found(text: str, profile: Profile) -> dict[str, tuple[str, ...]]:
    return {role.role: role.names for role in roles(text, profile)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("作为评议对象的县水利局、县林业局，要主动配合。", {"评议对象": ("县水利局", "县林业局")}),
        ("评议对象：县民政局、县司法局。", {"评议对象": ("县民政局", "县司法局")}),
        ("县交通运输局列为测评对象，", {"测评对象": ("县交通运输局",)}),
        (
            "县政协决定对县水利局、县林业局两个部门的提案办理工作开展民主评议。",
            {"评议主体": ("县政协",), "评议对象": ("县水利局", "县林业局")},
        ),
        ("县水利局、县林业局2个单位，要以此次民主评议为契机，改进工作。", {"评议对象": ("县水利局", "县林业局")}),
        ("测评对象为县政府各组成部门。", {"测评对象": ("县政府各组成部门",)}),
    ],
)
def test_roles_are_told_with_their_units(text: str, expected: dict[str, tuple[str, ...]], profile: Profile) -> None:
    assert found(text, profile) == expected


def test_a_short_name_beside_its_long_one_is_left_out(profile: Profile) -> None:
    text = "这次县人大对水利、林业工作进行评议。作为评议对象的县水利局、县林业局，要认真整改。"
    assert found(text, profile)["评议对象"] == ("县水利局", "县林业局")


@pytest.mark.parametrize(
    "text",
    [
        "去年县政协对县教育局开展了民主评议。",
        "评议对象要认真准备材料。",
        "代表对办理结果进行评议后反馈。",
        "评议是一种手段，是推动工作的动力。",
    ],
)
def test_what_names_nobody_or_is_past_gives_no_role(text: str, profile: Profile) -> None:
    assert roles(text, profile) == ()


def test_a_role_has_its_place(profile: Profile) -> None:
    text = "同志们：\n评议对象：县民政局、县司法局。"
    (role,) = roles(text, profile)
    assert text[role.start : role.end].strip() == role.text
