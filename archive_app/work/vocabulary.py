"""The tag tree: adding, renaming, moving, merging and deleting tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive_app.domain.records import Outcome, Tag
from archive_app.errors import BadValue, Conflict, NotFound
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr

PATH_SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class CountedTag:
    """A tag with its place in the tree and how often it is used."""

    tag: Tag
    path: tuple[str, ...]
    depth: int
    count: int
    """Taggings of the tag itself, without those of tags below it."""


def tag_tree(reader: Reader) -> tuple[CountedTag, ...]:
    """Return the vocabulary depth first, each level by position, then name."""
    tags = reader.tags()
    counts = reader.tag_counts()
    below: dict[int | None, list[Tag]] = {}
    for tag in tags:
        below.setdefault(tag.parent_id, []).append(tag)
    result: list[CountedTag] = []

    def walk(parent: int | None, path: tuple[str, ...]) -> None:
        for tag in sorted(below.get(parent, ()), key=lambda t: (t.position, t.name())):
            here = (*path, tag.name())
            result.append(CountedTag(tag, here, len(path), counts.get(tag.id, 0)))
            walk(tag.id, here)

    walk(None, ())
    return tuple(result)


def find_tag(reader: Reader, text: str) -> Tag | None:
    """Return the tag meant by a name in any language, or by a path "work/language"; or None.

    Raises:
        Conflict: several tags have that name; a path tells them apart.
    """
    parts = [part.strip().casefold() for part in text.split(PATH_SEPARATOR) if part.strip()]
    tags = {tag.id: tag for tag in reader.tags()}

    def fits(tag: Tag | None, wanted: Sequence[str]) -> bool:
        for name in reversed(wanted):
            if tag is None or name not in {n.casefold() for n in tag.names.values()}:
                return False
            tag = tags.get(tag.parent_id) if tag.parent_id else None
        return True

    found = [tag for tag in tags.values() if parts and fits(tag, parts)]
    if len(found) > 1 and len(parts) == 1:
        roots = [tag for tag in found if tag.parent_id is None]
        found = roots if len(roots) == 1 else found
    if len(found) > 1:
        raise Conflict(
            tr("Several tags are called “{name}”. Write the path, such as “work/{name}”.",
               name=text)
        )  # fmt: skip
    return found[0] if found else None


def tag_at(
    writer: Writer,
    path: Sequence[str],
    *,
    names: Mapping[str, str] | None = None,
    colour: str = "",
) -> int:
    """Return the id of the tag at a path of names from the root, made where it is missing."""
    tags = writer.tags()
    parent: int | None = None
    for depth, name in enumerate(path):
        found = next(
            (
                tag
                for tag in tags
                if tag.parent_id == parent
                and name.casefold() in {n.casefold() for n in tag.names.values()}
            ),
            None,
        )
        if found is None:
            is_last = depth == len(path) - 1
            parent = insert_tag(
                writer,
                parent,
                names if is_last and names else {"en": name},
                colour if is_last else "",
            )
            tags = writer.tags()
        else:
            parent = found.id
    if parent is None:
        raise NotFound(tr("A tag needs a name. Nothing was changed."))
    return parent


def insert_tag(writer: Writer, parent: int | None, names: Mapping[str, str], colour: str) -> int:
    """Add a tag as the last below its parent and return its id, within a write that goes on."""
    vocabularies = writer.vocabularies()
    vocabulary = (
        vocabularies[0].id if vocabularies else writer.insert("vocabulary", names={"en": "Tags"})
    )
    siblings = [tag.position for tag in writer.tags() if tag.parent_id == parent]
    return writer.insert(
        "tag",
        vocabulary_id=vocabulary,
        parent_id=parent,
        names=dict(names),
        colour=colour,
        position=max(siblings, default=0) + 1,
    )


def add_tag(
    archive: Archive,
    names: Mapping[str, str],
    *,
    parent_id: int | None = None,
    colour: str = "",
) -> Outcome[int]:
    """Return the id of a new tag, named in one language or several."""
    with archive.write(mark("Add tag")) as writer:
        tag_id = insert_tag(writer, parent_id, names, colour)
    return writer.outcome(tag_id)


def edit_tag(archive: Archive, tag: Tag) -> Outcome[None]:
    """Put a tag as given: names, definition, colour, place in the tree.

    Raises:
        Conflict: it would hang below itself.
    """
    with archive.write(mark("Edit tag")) as writer:
        if tag.parent_id is not None and tag.parent_id in subtree(writer, tag.id):
            raise Conflict(tr("A tag cannot hang below itself. Nothing was changed."))
        writer.update(
            "tag",
            tag.id,
            parent_id=tag.parent_id,
            names=tag.names,
            definition=tag.definition,
            colour=tag.colour,
            links=tag.links,
            position=tag.position,
        )
    return writer.outcome(None)


def name_tag(archive: Archive, tag_id: int, language: str, name: str) -> Outcome[None]:
    """Give a tag a name in a language, or with an empty name take that one away.

    Raises:
        BadValue: it would have no name at all.
    """
    with archive.write(mark("Edit tag")) as writer:
        names = dict(writer.tag(tag_id).names)
        if name.strip():
            names[language] = " ".join(name.split())
        else:
            names.pop(language, None)
        if not names:
            raise BadValue(tr("A tag needs a name. Nothing was changed."))
        writer.update("tag", tag_id, names=names)
    return writer.outcome(None)


def colour_tag(archive: Archive, tag_id: int, colour: str) -> Outcome[None]:
    """Give a tag a colour "#rrggbb"; empty: the palette chooses."""
    with archive.write(mark("Edit tag")) as writer:
        writer.update("tag", tag_id, colour=colour)
    return writer.outcome(None)


def move_tag(
    archive: Archive, tag_id: int, parent_id: int | None, *, before: int | None = None
) -> Outcome[None]:
    """Hang a tag, with those below it, below another or at the top, before one of its siblings.

    Raises:
        Conflict: it would hang below itself.
    """
    with archive.write(mark("Move tag")) as writer:
        if parent_id is not None and parent_id in subtree(writer, tag_id):
            raise Conflict(tr("A tag cannot hang below itself. Nothing was changed."))
        others = [tag for tag in writer.tags() if tag.parent_id == parent_id and tag.id != tag_id]
        ids = [tag.id for tag in sorted(others, key=lambda t: (t.position, t.name()))]
        ids.insert(ids.index(before) if before in ids else len(ids), tag_id)
        for place, one in enumerate(ids, 1):
            tag = writer.tag(one)
            if tag.parent_id != parent_id or tag.position != place:
                writer.update("tag", one, parent_id=parent_id, position=place)
    return writer.outcome(None)


def subtree(reader: Reader, tag_id: int) -> set[int]:
    """Return the ids of a tag and of all tags below it."""
    children: dict[int | None, list[int]] = {}
    for tag in reader.tags():
        children.setdefault(tag.parent_id, []).append(tag.id)
    found: set[int] = set()
    queue = [tag_id]
    while queue:
        one = queue.pop()
        if one not in found:
            found.add(one)
            queue.extend(children.get(one, ()))
    return found


def merge_tags(archive: Archive, *, kept: int, merged: int) -> Outcome[None]:
    """Make two tags one: taggings and children of ``merged`` go to ``kept``.

    Names that ``kept`` lacks are taken over; where both lie on the same words,
    one tagging stays.

    Raises:
        Conflict: one hangs below the other, or they are the same tag.
    """
    with archive.write(mark("Merge tags")) as writer:
        if kept in subtree(writer, merged):
            raise Conflict(tr("A tag cannot be merged into one below it. Nothing was changed."))
        one, other = writer.tag(kept), writer.tag(merged)
        present = {(t.transcript_id, t.span): t for t in writer.taggings_with(kept)
                   if not t.is_orphan}  # fmt: skip
        for tagging in writer.taggings_with(merged):
            twin = present.get((tagging.transcript_id, tagging.span))
            if twin is None or tagging.is_orphan:
                writer.update("tagging", tagging.id, tag_id=kept)
            elif tagging.memo and tagging.memo != twin.memo:
                both = "\n".join(memo for memo in (twin.memo, tagging.memo) if memo)
                writer.update("tagging", twin.id, memo=both)
        for tag in writer.tags():
            if tag.parent_id == merged:
                writer.update("tag", tag.id, parent_id=kept)
        writer.update("tag", kept, names={**other.names, **one.names})
        writer.delete("tag", merged)
    return writer.outcome(None)


def delete_tag(archive: Archive, tag_id: int) -> Outcome[int]:
    """Delete a tag with the tags below it; return how many taggings went with them."""
    with archive.write(mark("Delete tag")) as writer:
        doomed = subtree(writer, tag_id)
        taggings = sum(writer.tag_counts().get(one, 0) for one in doomed)
        for one in _deepest_first(writer, doomed):
            writer.delete("tag", one)
    return writer.outcome(taggings)


def _deepest_first(reader: Reader, ids: set[int]) -> list[int]:
    parents = {tag.id: tag.parent_id for tag in reader.tags()}

    def depth(one: int | None) -> int:
        return 0 if one is None else 1 + depth(parents.get(one))

    return sorted(ids, key=depth, reverse=True)
