"""The commands that show something and change nothing."""

from __future__ import annotations

import argparse

from archive_app.cli import documents
from archive_app.cli.output import (
    day_meant,
    named_archive,
    opened,
    print_json,
    progress_line,
    say,
    table,
)
from archive_app.cli.output import wants_json as json_wanted
from archive_app.domain.records import Audience
from archive_app.domain.released import ReleasedInterview
from archive_app.domain.timecode import format_timecode
from archive_app.errors import BadQuery, NotFound, UserFacing
from archive_app.translation import tr, trn
from archive_app.work import archives, searching
from archive_app.work.access import released
from archive_app.work.history import history as operations
from archive_app.work.interviews import find_collection, find_interview
from archive_app.work.vocabulary import find_tag, tag_tree

MARK = "\033[1m{}\033[0m"


def list_interviews(words: argparse.Namespace) -> int:
    """``list``: interviews, a line each."""
    with opened(words) as archive, archive.read() as reader:
        collection = find_collection(reader, words.collection) if words.collection else None
        tag_id = None
        if words.tag:
            tag = find_tag(reader, words.tag)
            if tag is None:
                raise NotFound(tr("There is no tag “{name}”.", name=words.tag))
            tag_id = tag.id
        ids = reader.interview_ids(
            collection_id=collection.id if collection else None, tag_id=tag_id
        )
        rows = reader.interview_rows(ids)
    if json_wanted(words):
        print_json({"interviews": [documents.listed(row) for row in rows]})
        return 0
    table(
        [
            (
                row.accession,
                row.date,
                ", ".join(row.languages),
                format_timecode(row.duration_ms) if row.duration_ms else "",
                row.title,
            )
            for row in rows
        ]
    )
    say(trn("{count} interview", "{count} interviews", len(rows)))
    return 0


def show(words: argparse.Namespace) -> int:
    """``show``: one record, whole, as staff see it."""
    with opened(words) as archive, archive.read() as reader:
        interview = find_interview(reader, words.accession)
        copy = released(reader, interview.id, audience=Audience.STAFF, on=day_meant(words, archive))
    if copy is None:
        raise NotFound(tr("There is no interview “{accession}”.", accession=words.accession))
    if json_wanted(words):
        print_json(documents.shown(copy, with_transcripts=words.transcript))
        return 0
    _print_record(copy)
    if words.transcript:
        _print_transcripts(copy)
    return 0


def _print_record(copy: ReleasedInterview) -> None:
    for label, value in documents.record_lines(copy):
        if value:
            say(f"{label + ':':<24} {value}")
    for recording in copy.recordings:
        length = format_timecode(recording.duration_ms) if recording.duration_ms else "?"
        say(f"{tr('Recording:'):<24} {recording.file_name}  {length}  {recording.codec}")
    for point in copy.index_points:
        say(f"{format_timecode(point.start_ms):>9}  {point.title}")


def _print_transcripts(copy: ReleasedInterview) -> None:
    for transcript in copy.transcripts:
        say()
        say(f"── {transcript.language} · {transcript.kind.value} ──")
        for turn in transcript.turns:
            time = format_timecode(turn.start_ms) if turn.start_ms is not None else ""
            say(f"{turn.n:>4} {time:>8}  {turn.speaker + ': ' if turn.speaker else ''}{turn.text}")


def tags(words: argparse.Namespace) -> int:
    """``tags``: the vocabulary with its counts."""
    with opened(words) as archive, archive.read() as reader:
        tree = tag_tree(reader)
    if json_wanted(words):
        print_json({"tags": [documents.counted_tag(one) for one in tree]})
        return 0
    table([("  " * one.depth + one.tag.name(), str(one.count)) for one in tree])
    return 0


def search(words: argparse.Namespace) -> int:
    """``search``: interviews with their passages, through the eyes of an audience."""
    with opened(words) as archive:
        with progress_line() as progress:
            searching.catch_up(archive, progress=progress)
        try:
            result = searching.search(
                archive,
                words.query,
                audience=words.audience,
                on=day_meant(words, archive),
                limit=words.limit,
            )
        except BadQuery as error:
            rest = words.query[error.position :] or tr("the end")
            raise UserFacing(
                tr("{message} At character {n} of the query: {rest}",
                   message=error.message, n=error.position + 1, rest=rest)
            ) from error  # fmt: skip
    if json_wanted(words):
        print_json(documents.found(result))
        return 0
    for interview in result.interviews:
        say(f"{interview.accession}  {interview.title}")
        if not interview.passages:
            # The words stand in the record, not in what was said.
            for record in interview.records[:2]:
                say(f"            {record.text}")
        for passage in interview.passages[:5]:
            time = format_timecode(passage.start_ms) if passage.start_ms is not None else ""
            say(f"  {time:>8}  {passage.speaker + ': ' if passage.speaker else ''}{passage.text}")
        if len(interview.passages) > 5:
            say("            " + trn("… and {count} more passage", "… and {count} more passages",
                                     len(interview.passages) - 5))  # fmt: skip
    say(trn("{count} interview", "{count} interviews", result.total))
    if result.cut_short:
        say(tr("The search took too long and was cut short: there may be more."))
    return 0


def history(words: argparse.Namespace) -> int:
    """``history``: what was done, newest first."""
    with opened(words) as archive:
        done = operations(archive, limit=words.limit)
    if json_wanted(words):
        print_json({"operations": [documents.operation(one) for one in done]})
        return 0
    table(
        [
            (
                str(one.id),
                one.at.strftime("%Y-%m-%d %H:%M:%S"),
                one.who,
                tr(one.label) + (f" ({tr('undone')})" if one.is_undone else ""),
            )
            for one in done
        ]
    )
    return 0


def check(words: argparse.Namespace) -> int:
    """``check``: integrity of database, media and index; 1 if anything is wrong."""
    with opened(words) as archive, progress_line() as progress:
        report = archives.check(archive, progress=progress)
        # An index that lags behind is no damage: it catches up whenever it is asked.
        searching.catch_up(archive, progress=progress)
        problems = [*report.problems, *searching.index_problems(archive)]
    if json_wanted(words):
        print_json({"problems": problems, "interviews": report.interviews,
                    "recordings": report.recordings, "taggings": report.taggings})  # fmt: skip
        return 1 if problems else 0
    for problem in problems:
        say(problem)
    if problems:
        count = len(problems)
        raise UserFacing(trn("{count} problem was found.", "{count} problems were found.", count))
    say(tr("All is well: {interviews} interviews, {recordings} recordings, {taggings} taggings.",
           interviews=report.interviews, recordings=report.recordings,
           taggings=report.taggings))  # fmt: skip
    return 0


def open_link(words: argparse.Namespace) -> int:
    """``open``: the window, at the place a link leads to."""
    from archive_app.domain.links import read_link
    from archive_app.gui.application import run_window

    read_link(words.link)
    return run_window(named_archive(words), link=words.link)


def pictures(words: argparse.Namespace) -> int:
    """``pictures``: the program's windows as PNG files."""
    from archive_app.gui.pictures import draw_pictures

    for path in draw_pictures(words.folder):
        say(str(path))
    return 0
