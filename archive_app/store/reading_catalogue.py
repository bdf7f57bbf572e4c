"""Questions about the catalogue: interviews, collections, people, places, recordings, access."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from archive_app.domain.records import (
    Collection,
    Consent,
    Contribution,
    IndexPoint,
    Interview,
    NameKind,
    Person,
    PersonName,
    Place,
    Recording,
    Restriction,
    Span,
)
from archive_app.store import tables
from archive_app.store.reading_base import AnyRow, ReaderBase, blocks, grouped, record_columns

_INTERVIEW = record_columns(tables.interview, Interview)
_COLLECTION = record_columns(tables.collection, Collection)
_PLACE = record_columns(tables.place, Place)
_RECORDING = record_columns(tables.recording, Recording)
_INDEX_POINT = record_columns(tables.index_point, IndexPoint)
_CONSENT = record_columns(tables.consent, Consent)

_person = tables.person.c
_PERSON = (
    _person.id,
    _person.uuid,
    _person.public_name,
    _person.sort_name,
    _person.biography,
    _person.authority,
)
_restriction = tables.restriction.c
_RESTRICTION = (
    _restriction.id,
    _restriction.uuid,
    _restriction.interview_id,
    _restriction.shut_out,
    _restriction.layer,
    _restriction.transcript_id,
    _restriction.start_turn,
    _restriction.start,
    _restriction.end_turn,
    _restriction.end,
    _restriction.quote,
    _restriction.is_orphan,
    _restriction.until,
    _restriction.opens_by_itself,
    _restriction.reason,
    _restriction.review_on,
)


def restriction_of(values: AnyRow) -> Restriction:
    """Return the record of a row of ``_RESTRICTION``."""
    span = None if values[6] is None else Span(*values[6:10])
    quote, is_orphan, until, opens_by_itself, reason, review_on = values[10:]
    return Restriction(
        *values[:6],
        span=span,
        quote=quote,
        is_orphan=is_orphan,
        until=until,
        opens_by_itself=opens_by_itself,
        reason=reason,
        review_on=review_on,
    )


class CatalogueReader(ReaderBase):
    """Interviews one by one, and the registers."""

    def interview(self, interview_id: int) -> Interview:
        """Return a catalogue record."""
        return Interview(
            *self._one(select(*_INTERVIEW).where(tables.interview.c.id == interview_id))
        )

    def interviews(self, ids: Iterable[int]) -> list[Interview]:
        """Return catalogue records, in the order of the ids, without those that are gone."""
        wanted = list(ids)
        found = {
            row[0]: Interview(*row)
            for block in blocks(wanted)
            for row in self._rows(select(*_INTERVIEW).where(tables.interview.c.id.in_(block)))
        }
        return [found[one] for one in wanted if one in found]

    def interview_by_accession(self, accession: str) -> Interview | None:
        """Return the interview with an accession number, or None."""
        rows = self._rows(select(*_INTERVIEW).where(tables.interview.c.accession == accession))
        return Interview(*rows[0]) if rows else None

    def collections(self) -> list[Collection]:
        """Return all collections, siblings in their order."""
        table = tables.collection.c
        return [
            Collection(*row)
            for row in self._rows(select(*_COLLECTION).order_by(table.position, table.id))
        ]

    def collection(self, collection_id: int) -> Collection:
        """Return a collection."""
        return Collection(
            *self._one(select(*_COLLECTION).where(tables.collection.c.id == collection_id))
        )

    def people(self) -> list[Person]:
        """Return the whole register of people, by sort name."""
        rows = self._rows(
            select(*_PERSON).order_by(_person.sort_name, _person.public_name, _person.id)
        )
        return self._with_names(rows, None)

    def protected_people(self) -> list[Person]:
        """Return the people who have a protected name, by id."""
        names = tables.person_name.c
        protected = select(names.person_id).where(names.kind == NameKind.REAL)
        rows = self._rows(select(*_PERSON).where(_person.id.in_(protected)).order_by(_person.id))
        return self._with_names(rows, [row[0] for row in rows])

    def people_by_id(self, ids: Iterable[int]) -> dict[int, Person]:
        """Return people by id, without those that are gone."""
        found: dict[int, Person] = {}
        for block in blocks(sorted(set(ids))):
            rows = self._rows(select(*_PERSON).where(_person.id.in_(block)))
            found.update((person.id, person) for person in self._with_names(rows, block))
        return found

    def person(self, person_id: int) -> Person:
        """Return an entry of the register of people."""
        row = self._one(select(*_PERSON).where(_person.id == person_id))
        return self._with_names([row], [person_id])[0]

    def people_named(self, name: str) -> list[Person]:
        """Return the people who have exactly this public, sort, real or variant name."""
        names = tables.person_name.c
        also = select(names.person_id).where(names.name == name)
        rows = self._rows(
            select(*_PERSON)
            .where(
                (_person.public_name == name) | (_person.sort_name == name) | _person.id.in_(also)
            )
            .order_by(_person.id)
        )
        return self._with_names(rows, [row[0] for row in rows])

    def _with_names(self, rows: Sequence[AnyRow], ids: Sequence[int] | None) -> list[Person]:
        table = tables.person_name.c
        statement = select(table.person_id, table.name, table.kind, table.language).order_by(
            table.person_id, table.position, table.id
        )
        if ids is not None:
            statement = statement.where(table.person_id.in_(ids))
        names = grouped(self._rows(statement), lambda row: row[0]) if rows else {}
        return [
            Person(
                id=row[0],
                uuid=row[1],
                public_name=row[2],
                sort_name=row[3],
                biography=row[4],
                names=tuple(PersonName(*name[1:]) for name in names.get(row[0], ())),
                authority=row[5],
            )
            for row in rows
        ]

    def places(self) -> list[Place]:
        """Return the whole register of places."""
        return [Place(*row) for row in self._rows(select(*_PLACE).order_by(tables.place.c.id))]

    def places_by_id(self, ids: Iterable[int]) -> dict[int, Place]:
        """Return places by id, without those that are gone."""
        return {
            row[0]: Place(*row)
            for block in blocks(sorted(set(ids)))
            for row in self._rows(select(*_PLACE).where(tables.place.c.id.in_(block)))
        }

    def place(self, place_id: int) -> Place:
        """Return an entry of the register of places."""
        return Place(*self._one(select(*_PLACE).where(tables.place.c.id == place_id)))

    def contributions(self, interview_id: int) -> list[Contribution]:
        """Return who took part in an interview, in their order."""
        return self.contributions_of([interview_id])

    def contributions_of(self, interview_ids: Sequence[int]) -> list[Contribution]:
        """Return who took part in interviews, in their order within each."""
        table = tables.contribution.c
        rows = self._rows(
            select(table.id, table.interview_id, table.person_id, table.role, table.position)
            .where(table.interview_id.in_(interview_ids))
            .order_by(table.interview_id, table.position, table.id)
        )
        people = self.people_by_id(row[2] for row in rows)
        return [Contribution(row[0], row[1], people[row[2]], row[3], row[4]) for row in rows]

    def recordings(self, interview_id: int) -> list[Recording]:
        """Return an interview's recordings, in their order."""
        return self.recordings_of([interview_id])

    def recordings_of(self, interview_ids: Sequence[int]) -> list[Recording]:
        """Return interviews' recordings, in their order within each."""
        table = tables.recording.c
        rows = self._rows(
            select(*_RECORDING)
            .where(table.interview_id.in_(interview_ids))
            .order_by(table.interview_id, table.position, table.id)
        )
        return [Recording(*row) for row in rows]

    def recording(self, recording_id: int) -> Recording:
        """Return a recording."""
        return Recording(
            *self._one(select(*_RECORDING).where(tables.recording.c.id == recording_id))
        )

    def recording_by_hash(self, sha256: str) -> Recording | None:
        """Return the first recording of a file, or None."""
        table = tables.recording.c
        rows = self._rows(
            select(*_RECORDING).where(table.sha256 == sha256).order_by(table.id).limit(1)
        )
        return Recording(*rows[0]) if rows else None

    def all_recordings(self) -> list[Recording]:
        """Return all recordings of the archive."""
        rows = self._rows(select(*_RECORDING).order_by(tables.recording.c.id))
        return [Recording(*row) for row in rows]

    def index_point(self, point_id: int) -> IndexPoint:
        """Return a segment of an interview's table of contents."""
        table = tables.index_point.c
        return IndexPoint(*self._one(select(*_INDEX_POINT).where(table.id == point_id)))

    def index_points(self, interview_id: int) -> list[IndexPoint]:
        """Return an interview's table of contents, in the order of time."""
        return self.index_points_of([interview_id])

    def index_points_of(self, interview_ids: Sequence[int]) -> list[IndexPoint]:
        """Return interviews' tables of contents, each in the order of time."""
        table = tables.index_point.c
        rows = self._rows(
            select(*_INDEX_POINT)
            .where(table.interview_id.in_(interview_ids))
            .order_by(table.interview_id, table.start_ms, table.id)
        )
        return [IndexPoint(*row) for row in rows]

    def restrictions(self, interview_id: int) -> list[Restriction]:
        """Return what is closed of an interview."""
        return self.restrictions_of([interview_id])

    def restrictions_of(self, interview_ids: Sequence[int]) -> list[Restriction]:
        """Return what is closed of interviews."""
        rows = self._rows(
            select(*_RESTRICTION)
            .where(_restriction.interview_id.in_(interview_ids))
            .order_by(_restriction.id)
        )
        return [restriction_of(row) for row in rows]

    def all_restrictions(self) -> list[Restriction]:
        """Return every restriction of the archive, for the list of what is to be reviewed."""
        rows = self._rows(select(*_RESTRICTION).order_by(_restriction.id))
        return [restriction_of(row) for row in rows]

    def restriction(self, restriction_id: int) -> Restriction:
        """Return a restriction."""
        return restriction_of(
            self._one(select(*_RESTRICTION).where(_restriction.id == restriction_id))
        )

    def consents(self, interview_id: int) -> list[Consent]:
        """Return the consents to an interview."""
        return self.consents_of([interview_id])

    def consents_of(self, interview_ids: Sequence[int]) -> list[Consent]:
        """Return the consents to interviews."""
        table = tables.consent.c
        rows = self._rows(
            select(*_CONSENT).where(table.interview_id.in_(interview_ids)).order_by(table.id)
        )
        return [Consent(*row) for row in rows]

    def setting(self, key: str) -> str | None:
        """Return one of the archive's own settings, or None."""
        table = tables.setting.c
        return self._connection.execute(select(table.value).where(table.key == key)).scalar()

    def settings_under(self, prefix: str) -> dict[str, str]:
        """Return the archive's own settings whose key begins with this."""
        table = tables.setting.c
        rows = self._rows(
            select(table.key, table.value)
            .where(table.key.startswith(prefix, autoescape=True))
            .order_by(table.id)
        )
        return {str(row[0]): str(row[1]) for row in rows}

    def _row_id_of_setting(self, key: str) -> int | None:
        table = tables.setting.c
        return self._connection.execute(select(table.id).where(table.key == key)).scalar()
