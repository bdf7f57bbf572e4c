from __future__ import annotations

import gc
import weakref

from PySide6.QtWidgets import QApplication

from archive_app.gui.garbage import GuiGarbage


class Knot:
    def __init__(self) -> None:
        self.me = self


def test_garbage_is_collected_only_when_the_gui_thread_says(qapp: QApplication) -> None:
    collector = GuiGarbage()
    assert not gc.isenabled()
    gc.collect()
    loose = weakref.ref(Knot())
    keep = [Knot() for _ in range(2_000)]
    assert loose() is not None
    collector.collect_due()
    assert loose() is None
    assert len(keep) == 2_000
    collector.stop()
    assert gc.isenabled()
