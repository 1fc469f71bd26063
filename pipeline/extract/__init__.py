"""STAGE 1: files to documents. Nothing is dropped: what cannot be read becomes a Failure with its reason."""

from pipeline.extract.folder import find_files
from pipeline.extract.stage import extract

__all__ = ["extract", "find_files"]
