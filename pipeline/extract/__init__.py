"""STAGE 1: files to documents. Nothing is dropped: what cannot be read becomes a Failure with its reason."""

from pipeline.extract.batch import extract
from pipeline.extract.folder import find_files

__all__ = ["extract", "find_files"]
