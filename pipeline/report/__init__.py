"""Records → what people and programs read: workbook, page, rows of the export contract."""

from pipeline.report.export import FORMATS, write
from pipeline.report.page import page
from pipeline.report.results import Results
from pipeline.report.rows import KINDS, rows
from pipeline.report.workbook import workbook

__all__ = ["FORMATS", "KINDS", "Results", "page", "rows", "workbook", "write"]
