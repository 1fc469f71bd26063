"""What one file may cost: every limit of the reading stage, each with its reason."""

from __future__ import annotations

SECONDS = 60
"""Seconds without a sign of life (a finished member, a page): the slowest honest file measured took 9 s."""

START_SECONDS = 60
"""Seconds more for the first file of a worker, which has to start: 0.4 s, ten times that on a busy old PC."""

TOTAL_SECONDS = 1800
"""Seconds for one file or member however busy: 250 scanned pages at 7 s each."""

MEMORY = 2 * 2**30
"""Bytes a worker may allocate (Linux, macOS): the largest honest file took 0.5 GB, and an office PC has 8 GB."""

FILE_SIZE = 256 * 2**20
"""Bytes of one file: a scanned book; more is a disc image or a video under a wrong name."""

BLOCKS = 200_000
"""Paragraphs of one document: a hundred times a county's yearbook; the later stages go over each several times."""

MERGED = 1_000_000
"""Cells of the merged areas of one sheet: a title over the whole width has 16,384."""

DEPTH = 3
"""Archives inside archives: a department's zip in a bureau's zip in a county's."""

MEMBERS = 2000
"""Files of one archive, those of inner archives counted: a session has a few hundred items."""

ARCHIVE_SIZE = 1024 * 2**20
"""Bytes that one archive may unpack to, inner archives counted."""

RATIO, RATIO_FLOOR = 200, 32 * 2**20
"""Times that a member may grow if it is larger than the floor: office files grow 3 to 60 times, a bomb 1,000 times."""

NAME = 160
"""Characters of a member's name that are kept: what a screen and a file system show."""

KILLED = 3
"""Members of one archive that may cost a worker its life before the rest of the archive is left."""
