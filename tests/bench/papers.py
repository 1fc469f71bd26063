"""Papers of ordinary length for the benchmarks, made by script: letters as PDF and DOCX, ruled pages."""

from __future__ import annotations

import io

from tests.extract.make import pdf

SENTENCE = "全县农村公路里程长、等级低，养护资金不足，部分路段破损严重，群众雨天出行尤其困难，"


def letter_pdf(pages: int = 4, salt: int = 0) -> bytes:
    """Full pages of running text with a running header and page numbers."""
    text = f"第{salt}号：" + SENTENCE * 30
    sheets = []
    for number in range(pages):
        lines = [(210.0, 40.0, "云禾县人大代表建议汇编"), (290.0, 810.0, f"- {number + 1} -")]
        lines += [(72.0, 90.0 + 24 * n, text[n * 28 : n * 28 + 28]) for n in range(28)]
        sheets.append([line for line in lines if line[2]])
    return pdf(sheets)


def columns_pdf(pages: int = 4) -> bytes:
    """Full pages of two columns of running text under a running header."""
    text = SENTENCE * 60
    sheets = []
    for number in range(pages):
        lines = [(210.0, 40.0, "云禾县调研简报"), (290.0, 810.0, f"{number + 1}/{pages}")]
        for n in range(76):
            lines.append((60.0 + 250 * (n >= 38), 90.0 + 18 * (n % 38), text[n * 22 : n * 22 + 22]))
        sheets.append(lines)
    return pdf(sheets, size=10.5)


def table_pdf(pages: int = 2) -> bytes:
    """Pages of one ruled table of six columns and 25 rows."""
    xs, ys = [60 + 80 * n for n in range(7)], [80 + 28 * n for n in range(26)]
    rules = [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
    words = [(x + 4.0, y + 18.0, f"项目{y}") for y in ys[:-1] for x in xs[:-1]]
    return pdf([words] * pages, size=10, rules=rules, every=True)


def letter_docx(paragraphs: int = 60, table_rows: int = 8, salt: int = 0) -> bytes:
    """A letter as Word's default template makes it: headings, a numbered list, one table."""
    import docx

    paper = docx.Document()
    paper.add_heading(f"关于加强农村公路养护的建议（{salt}）", 0)
    for number in range(paragraphs):
        paper.add_paragraph(SENTENCE * 3, style="List Number" if number % 5 == 0 else None)
    table = paper.add_table(rows=table_rows, cols=4)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "十二公里"
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()
