"""Paragraphs that speeches share (R-SPK-04)."""

from __future__ import annotations

from pipeline.parse.templates import with_shared
from pipeline.records import Speech

COMMON = "各承办单位要把办理工作列入重要议事日程，主要领导亲自抓，分管领导具体抓，经办人员天天抓，做到件件有着落。"
OTHER = "全县还有四十七处山塘没有除险，汛期临近，时间不等人，各乡镇要抢在五月之前完成施工，确保安全度汛。"


def speech(name: str, *paragraphs: str) -> Speech:
    return Speech(name, name, f"{name}.txt", "讲话", name, "\n".join(paragraphs))


def test_a_paragraph_with_few_words_changed_is_shared() -> None:
    near = COMMON.replace("重要议事日程", "今年的议事日程")
    first, second, third = with_shared(
        [speech("甲", COMMON, OTHER), speech("乙", "同志们：", near), speech("丙", "谢谢！")]
    )
    assert [(one.text, one.others) for one in first.shared] == [(COMMON, ("乙",))]
    assert second.text[second.shared[0].start : second.shared[0].end] == near
    assert second.shared[0].score >= 0.8 and third.shared == ()


def test_paragraphs_on_other_matters_and_short_ones_are_not_shared() -> None:
    assert all(
        not one.shared for one in with_shared([speech("甲", COMMON, "同志们："), speech("乙", OTHER, "同志们：")])
    )


def test_the_same_text_in_two_files_is_a_copy_and_no_template() -> None:
    assert all(not one.shared for one in with_shared([speech("甲", COMMON), speech("乙", COMMON)]))


def test_a_paragraph_that_recurs_in_one_speech_is_not_shared() -> None:
    assert with_shared([speech("甲", COMMON, OTHER, COMMON)])[0].shared == ()
