"""OHMS XML (Oral History Metadata Synchronizer, Nunn Center), 5.1 to 6.0.

Read by ``ohms_read`` (records, index) with ``ohms_legacy`` (transcripts of 5.x
with their ``sync``); written, as 6.0 with WebVTT transcripts, by ``ohms_write``.
"""

from __future__ import annotations

from archive_app.exchange.ohms_read import read_ohms
from archive_app.exchange.ohms_write import write_ohms

__all__ = ["read_ohms", "write_ohms"]
