"""Which tags were used last, and which stand on the numbers 1 to 9, in each archive."""

from __future__ import annotations

from collections.abc import Sequence

from archive_app.settings import NUMBERED_TAGS, PINNED_TAGS, RECENT_TAGS, Setting, Settings
from archive_app.work.vocabulary import CountedTag

NUMBERS = 9
RECENT_KEPT = 30


class RecentTags:
    """Nine numbered tags and the order of use, kept over restarts.

    A tag keeps its number as long as it has one: numbers must not change under the
    fingers. A tag used without a number takes a free one, else that of the tag not
    used for longest; a pinned tag gives its number to none.
    """

    def __init__(self, settings: Settings, archive_uuid: str) -> None:
        self._settings = settings
        self._archive = archive_uuid
        self._ids: dict[str, int] = {}
        self._uuids: dict[int, str] = {}
        self._used = list(self._kept(RECENT_TAGS))
        numbered = list(self._kept(NUMBERED_TAGS))[:NUMBERS]
        self._numbered = numbered + [""] * (NUMBERS - len(numbered))
        self._pinned = set(self._kept(PINNED_TAGS))

    def take_vocabulary(self, tree: Sequence[CountedTag]) -> None:
        """Take the tags there are; numbers nobody used yet go to the tags laid most often."""
        self._ids = {one.tag.uuid: one.tag.id for one in tree}
        self._uuids = {one.tag.id: one.tag.uuid for one in tree}
        for index, uuid in enumerate(self._numbered):
            if uuid and uuid not in self._ids and uuid not in self._pinned:
                self._numbered[index] = ""
        for one in sorted(tree, key=lambda one: -one.count):
            if "" not in self._numbered or not one.count:
                break
            if one.tag.uuid not in self._numbered:
                self._numbered[self._numbered.index("")] = one.tag.uuid

    @property
    def order(self) -> list[int]:
        """The ids of the tags used last, the last first, then those that have a number."""
        uuids = dict.fromkeys((*self._used, *self._numbered))
        return [self._ids[uuid] for uuid in uuids if uuid in self._ids]

    def tag(self, number: int) -> int | None:
        """Return the id of the tag on a number, 1 to 9, or ``None``."""
        return self._ids.get(self._numbered[number - 1]) if 1 <= number <= NUMBERS else None

    def numbers(self) -> dict[int, int]:
        """Return each numbered tag's number by its id."""
        found = {number: self.tag(number) for number in range(1, NUMBERS + 1)}
        return {tag_id: number for number, tag_id in found.items() if tag_id is not None}

    def is_pinned(self, tag_id: int) -> bool:
        """Return whether a tag keeps its number whatever is used."""
        return self._uuids.get(tag_id) in self._pinned

    def use(self, tag_id: int) -> None:
        """Remember a tag as used last, and give it a number if it has none."""
        uuid = self._uuids.get(tag_id)
        if uuid is None:
            return
        self._used = [uuid, *(one for one in self._used if one != uuid)][:RECENT_KEPT]
        if uuid not in self._numbered:
            index = self._to_give_up()
            if index is not None:
                self._numbered[index] = uuid
        self._keep()

    def pin(self, tag_id: int, number: int) -> None:
        """Let a tag keep a number; what stood there goes where the tag was."""
        uuid = self._uuids.get(tag_id)
        if uuid is None or not 1 <= number <= NUMBERS:
            return
        other = self._numbered[number - 1]
        if uuid in self._numbered:
            self._numbered[self._numbered.index(uuid)] = other
        else:
            self._pinned.discard(other)
        self._numbered[number - 1] = uuid
        self._pinned.add(uuid)
        self._keep()

    def unpin(self, tag_id: int) -> None:
        """Let a tag's number go to another one when its turn comes."""
        self._pinned.discard(self._uuids.get(tag_id, ""))
        self._keep()

    def _to_give_up(self) -> int | None:
        if "" in self._numbered:
            return self._numbered.index("")
        loose = [one for one in self._numbered if one not in self._pinned]
        if not loose:
            return None
        never = len(self._used)
        age = {uuid: rank for rank, uuid in enumerate(self._used)}
        # The one not used for longest; of those never used, the last.
        oldest = max(reversed(loose), key=lambda uuid: age.get(uuid, never))
        return self._numbered.index(oldest)

    def _kept(self, setting: Setting[dict[str, list[str]]]) -> Sequence[str]:
        return self._settings.get(setting).get(self._archive, [])

    def _keep(self) -> None:
        for setting, uuids in (
            (RECENT_TAGS, self._used),
            (NUMBERED_TAGS, self._numbered),
            (PINNED_TAGS, sorted(self._pinned)),
        ):
            known = dict(self._settings.get(setting))
            known[self._archive] = list(uuids)
            self._settings.set(setting, known)
