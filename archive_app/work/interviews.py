"""What a person does with interviews' catalogue records, collections, people and places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archive_app.domain.records import Collection, Interview, Outcome, Person, Place, Role, Status
from archive_app.errors import Conflict, NotFound
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work.fields import ROLES, read_field

COLLECTION_SEPARATOR = re.compile(r"\s+/\s+")


def find_interview(reader: Reader, accession: str) -> Interview:
    """Return the interview with this accession number, whatever its letters' case.

    Raises:
        NotFound: there is none.
    """
    found = reader.interview_by_accession(accession)
    if found is None:
        wanted = accession.strip().casefold()
        alike = [
            one
            for one in reader.interviews(reader.interview_ids())
            if one.accession.casefold() == wanted
        ]
        found = alike[0] if len(alike) == 1 else None
    if found is None:
        raise NotFound(
            tr("There is no interview “{accession}” in this archive. “archive-app list” shows "
               "which there are.", accession=accession)
        )  # fmt: skip
    return found


def find_collection(reader: Reader, text: str) -> Collection:
    """Return the collection with a title, or at a path "Repository / Project".

    Raises:
        NotFound: there is none, or several have the title.
    """
    wanted = [part.strip().casefold() for part in COLLECTION_SEPARATOR.split(text)]
    collections = {one.id: one for one in reader.collections()}

    def fits(one: Collection | None) -> bool:
        for title in reversed(wanted):
            if one is None or one.title.casefold() != title:
                return False
            one = collections.get(one.parent_id) if one.parent_id else None
        return True

    found = [one for one in collections.values() if fits(one)]
    if len(found) != 1:
        raise NotFound(
            tr("There is no collection “{name}”, or there are several. Write its path from the "
               "top, such as “Repository / Project”.", name=text)
        )  # fmt: skip
    return found[0]


def next_accession(reader: Reader, *, prefix: str = "OH-") -> str:
    """Return the next free accession number: OH-0001, OH-0002 …"""
    number = reader.counts().interviews + 1
    while reader.interview_by_accession(f"{prefix}{number:04d}") is not None:
        number += 1
    return f"{prefix}{number:04d}"


def create_interview(
    archive: Archive,
    *,
    accession: str = "",
    title: str = "",
    collection_id: int | None = None,
    status: Status = Status.PLANNED,
) -> Outcome[int]:
    """Return the id of a new interview; the accession number is the next free one if not given.

    Raises:
        Conflict: the accession number is taken.
    """
    with archive.write(mark("Add interview")) as writer:
        accession = accession.strip() or next_accession(writer)
        if writer.interview_by_accession(accession) is not None:
            raise Conflict(
                tr("There is already an interview “{accession}”. Nothing was changed.",
                   accession=accession)
            )  # fmt: skip
        interview_id = writer.insert(
            "interview",
            accession=accession,
            titles={"en": title} if title else {},
            collection_id=collection_id,
            status=status,
        )
        writer.belongs_to(interview_id)
    return writer.outcome(interview_id)


def edit_interview(
    archive: Archive, interview_id: int, changes: Mapping[str, str]
) -> Outcome[None]:
    """Change catalogue fields, each given as the text a person typed (see ``fields.FIELDS``).

    All of them are changed, or none.

    Raises:
        BadValue: no such field, or a value is not of its kind.
        Conflict: the accession number is taken.
    """
    read = [read_field(name, value) for name, value in changes.items()]
    with archive.write(mark("Edit record"), interview_id=interview_id) as writer:
        interview = writer.interview(interview_id)
        titles = dict(interview.titles)
        values: dict[str, object] = {}
        for name, language, value in read:
            if name in ROLES:
                _set_people(writer, interview_id, ROLES[name], value)  # type: ignore[arg-type]
            elif name == "title":
                _set_title(titles, language, str(value))
                values["titles"] = titles
            elif name == "place":
                values["place_id"] = place_named(writer, str(value))
            elif name == "collection":
                values["collection_id"] = collection_at(writer, _collection_path(str(value)))
            else:
                values[name] = value
        if values:
            writer.update("interview", interview_id, **values)
    return writer.outcome(None)


def _set_title(titles: dict[str, str], language: str, text: str) -> None:
    # Without a language the title that is shown is meant.
    language = language or ("en" if "en" in titles or not titles else next(iter(titles)))
    if text:
        titles[language] = text
    else:
        titles.pop(language, None)


def _collection_path(text: str) -> list[tuple[str, str]]:
    titles = [part.strip() for part in COLLECTION_SEPARATOR.split(text) if part.strip()]
    return [("collection", title) for title in titles]


def collection_at(writer: Writer, path: Sequence[tuple[str, str]]) -> int | None:
    """Return the id of the collection at a path of (kind, title), made where it is missing."""
    collections = writer.collections()
    parent: int | None = None
    for kind, title in path:
        found = next((c for c in collections if c.parent_id == parent and c.title == title), None)
        if found is not None:
            parent = found.id
            continue
        siblings = [c.position for c in collections if c.parent_id == parent]
        parent = writer.insert(
            "collection",
            parent_id=parent,
            kind=kind,
            title=title,
            position=max(siblings, default=0) + 1,
        )
        collections = writer.collections()
    return parent


def place_named(writer: Writer, name: str, *, language: str = "en") -> int | None:
    """Return the id of the place with this name in any language, made where it is missing."""
    if not name:
        return None
    for place in writer.places():
        if name.casefold() in (text.casefold() for text in place.names.values()):
            return place.id
    return writer.insert("place", names={language: name})


def person_named(writer: Writer, interview_id: int, name: str) -> int:
    """Return the id of the person this interview means by a name.

    Somebody of the same interview is meant first. Elsewhere only a full name
    (two words or more) is taken to be the same person, and never one who has a
    protected name: two Viktors must not become one.
    """
    wanted = name.casefold()
    for contribution in writer.contributions(interview_id):
        if contribution.person.public_name.casefold() == wanted:
            return contribution.person.id
    if len(name.split()) > 1:
        for person in writer.people_named(name):
            if person.public_name.casefold() == wanted and not person.real_names:
                return person.id
    return writer.insert("person", public_name=name, sort_name=sort_name_of(name))


def sort_name_of(name: str) -> str:
    """Return "Meeker, Heather" for "Heather Meeker"; a single name stays as it is."""
    if "," in name or len(name.split()) < 2:
        return name
    *given, family = name.split()
    return f"{family}, {' '.join(given)}"


def add_contribution(writer: Writer, interview_id: int, role: Role, name: str) -> int:
    """Return the id of the person who has this role from now on; twice is once."""
    person_id = person_named(writer, interview_id, name)
    present = writer.contributions(interview_id)
    if not any(c.person.id == person_id and c.role is role for c in present):
        writer.insert(
            "contribution",
            interview_id=interview_id,
            person_id=person_id,
            role=role,
            position=max((c.position for c in present), default=0) + 1,
        )
    return person_id


def _set_people(writer: Writer, interview_id: int, role: Role, names: Sequence[str]) -> None:
    keep = {name.casefold() for name in names}
    for contribution in writer.contributions(interview_id):
        if contribution.role is role and contribution.person.public_name.casefold() not in keep:
            writer.delete("contribution", contribution.id)
    for name in names:
        add_contribution(writer, interview_id, role, name)


def delete_interview(archive: Archive, interview_id: int) -> Outcome[None]:
    """Take an interview out of the archive; undo brings it back, recordings stay in the vault."""
    with archive.write(mark("Delete interview")) as writer:
        writer.belongs_to(interview_id)
        writer.delete("interview", interview_id)
    return writer.outcome(None)


def add_collection(
    archive: Archive, title: str, *, parent_id: int | None = None, kind: str = "collection"
) -> Outcome[int]:
    """Return the id of a new collection."""
    with archive.write(mark("Add collection")) as writer:
        siblings = [c.position for c in writer.collections() if c.parent_id == parent_id]
        new = writer.insert(
            "collection",
            parent_id=parent_id,
            kind=kind,
            title=title,
            position=max(siblings, default=0) + 1,
        )
    return writer.outcome(new)


def rename_collection(archive: Archive, collection_id: int, title: str) -> Outcome[None]:
    """Give a collection another title."""
    with archive.write(mark("Rename collection")) as writer:
        writer.update("collection", collection_id, title=title)
    return writer.outcome(None)


def move_to_collection(
    archive: Archive, interview_ids: Sequence[int], collection_id: int | None
) -> Outcome[None]:
    """Put interviews into a collection, or into none."""
    with archive.write(mark("Move to collection")) as writer:
        for interview_id in interview_ids:
            writer.update("interview", interview_id, collection_id=collection_id)
    return writer.outcome(None)


def set_status(archive: Archive, interview_ids: Sequence[int], status: Status) -> Outcome[None]:
    """Say where interviews stand in the archive's work."""
    with archive.write(mark("Set status")) as writer:
        for interview_id in interview_ids:
            writer.update("interview", interview_id, status=status)
    return writer.outcome(None)


def edit_person(archive: Archive, person: Person) -> Outcome[None]:
    """Put a person of the register as given; names that are not given are taken off."""
    with archive.write(mark("Edit person")) as writer:
        writer.update(
            "person",
            person.id,
            public_name=person.public_name,
            sort_name=person.sort_name,
            biography=person.biography,
            authority=person.authority,
        )
        writer.set_person_names(person.id, person.names)
    return writer.outcome(None)


def edit_place(archive: Archive, place: Place) -> Outcome[None]:
    """Put a place of the register as given."""
    with archive.write(mark("Edit place")) as writer:
        writer.update(
            "place",
            place.id,
            names=place.names,
            latitude=place.latitude,
            longitude=place.longitude,
            exactness=place.exactness,
            authority=place.authority,
        )
    return writer.outcome(None)


def add_note(archive: Archive, table: str, row_id: int, text: str) -> Outcome[int]:
    """Return the id of a new private remark on anything."""
    with archive.write(mark("Add note")) as writer:
        note = writer.insert("note", table=table, row_id=row_id, text=text, who=archive.who)
    return writer.outcome(note)
