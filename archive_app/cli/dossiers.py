"""``dossier``: a PDF of a selection, or of a dossier that is kept."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from archive_app.cli.output import (
    day_meant,
    opened,
    print_json,
    progress_line,
    say,
    wants_json,
)
from archive_app.domain.citation_styles import CitationStyle
from archive_app.domain.progress import Progress
from archive_app.domain.proof import Proof, to_json
from archive_app.domain.records import Audience
from archive_app.dossier.design import Family, Grouping, Layout, Speakers, Times
from archive_app.errors import BadValue, NotFound
from archive_app.store.archive import Archive
from archive_app.translation import tr, trn
from archive_app.work import citing, dossiers, searching
from archive_app.work.collected import kept_dossiers
from archive_app.work.dossier_design import design_from
from archive_app.work.exporting import write_beside

_REFERENCES = {"csl": "csl-json", "bibtex": "bibtex", "ris": "ris"}
"""What the formats are called here, and in ``exchange.references``."""

_CHOSEN = ("title", "subtitle", "author", "description", "collection", "interview", "tag", "query")
"""The words that choose what a dossier holds; a kept one has its own."""


def add_words(parser: argparse.ArgumentParser) -> None:
    """Add the words of the command: what goes in, how it is laid out, what lies beside it."""
    add = parser.add_argument
    add("-o", "--output", type=Path, required=True, metavar="FILE.pdf",
        help=tr("the file to write"))  # fmt: skip
    add("--dossier", default="", metavar="TITLE",
        help=tr("a dossier that is kept in the archive, by its title or UUID"))  # fmt: skip
    add("--title", default="", metavar="T", help=tr("what stands on its first page"))
    add("--subtitle", default="", metavar="T")
    add("--author", default="", metavar="NAME", help=tr("who chose and ordered it"))
    add("--description", default="", metavar="TEXT")
    add("--collection", default="", metavar="C",
        help=tr("the interviews of a collection, by its name or path"))  # fmt: skip
    add("--interview", nargs="+", default=[], metavar="A",
        help=tr("interviews, by accession number"))  # fmt: skip
    add("--tag", nargs="+", default=[], metavar="T", help=tr("the passages of these tags"))
    add("--query", default="", metavar="Q", help=tr("the passages that a search finds"))
    _add_layout(parser)
    add("--data", action="store_true", help=tr("attach the dossier's data as JSON"))
    add("--clips", action="store_true",
        help=tr("cut the passages' sound into a folder beside it"))  # fmt: skip
    add("--references", nargs="+", choices=tuple(_REFERENCES), default=[], metavar="FORMAT",
        help=tr("references beside it: {names}", names=", ".join(_REFERENCES)))  # fmt: skip
    add("--proof", type=Path, metavar="FILE.json", help=tr("write the proof into this file too"))


def _add_layout(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument

    def choice(word: str, kind: type[StrEnum], what: str, **more: Any) -> None:
        add(word, choices=[one.value for one in kind], metavar="NAME",
            help=f"{what}: {', '.join(one.value for one in kind)}", **more)  # fmt: skip

    choice("--layout", Layout, tr("what kind of book"))
    add("--paper", choices=("A4", "Letter", "A5"), help=tr("the size of the pages"))
    choice("--type", Family, tr("the family of type"))
    add("--facing", action="store_true", help=tr("original and translation in facing columns"))
    choice("--group-by", Grouping, tr("what a reader's headings are"))
    choice("--speakers", Speakers, tr("how speakers are named"))
    choice("--times", Times, tr("the timecodes in the margin"))
    add("--time-step", type=_seconds, metavar="SECONDS",
        help=tr("with --times step: one every so often"))  # fmt: skip
    add("--line-numbers", action="store_true", help=tr("count the lines in the margin"))
    add("--smooth", action="store_true", help=tr("without false starts, pauses and other marks"))
    choice("--citation", CitationStyle, tr("the style of citations"))
    add("--qr", action="store_true", help=tr("draw each link into the archive as a QR code too"))
    add("--no-links", action="store_true", help=tr("without links into the archive"))
    add("--no-index", action="store_true", help=tr("without the index"))
    add("--no-translations", action="store_true", help=tr("interviews in their own language only"))


def _seconds(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 86_400:
        raise argparse.ArgumentTypeError(tr("“{text}” is no number of seconds", text=text))
    return int(text)


def dossier(words: argparse.Namespace) -> int:
    """``dossier``: a PDF, proven, with what was asked for beside it."""
    settings = _settings(words)
    _expect_places(words)
    with opened(words) as archive, progress_line() as progress:
        searching.catch_up(archive, progress=progress)
        on = day_meant(words, archive)
        if words.dossier:
            report = _kept(archive, words, settings, progress)
        else:
            selection = dossiers.Selection(
                title=words.title,
                subtitle=words.subtitle,
                author=words.author,
                description=words.description,
                collection=words.collection,
                accessions=tuple(words.interview),
                tags=tuple(words.tag),
                query=words.query,
                has_translations=not words.no_translations,
                design=design_from(settings),
            )
            report = dossiers.make_dossier(
                archive, selection, words.output, audience=words.audience, on=on,
                progress=progress, clips_folder=words.clips,
            )  # fmt: skip
        references = _references(archive, words, report.interviews)
    if words.proof and report.proof is not None:
        write_beside(words.proof, to_json(report.proof).encode("utf-8"))
    if wants_json(words):
        print_json(_document(words, report, references))
    else:
        _tell(report, references, has_clips=words.clips)
    return 0


def _expect_places(words: argparse.Namespace) -> None:
    """See, before anything is written, that each file can have a place of its own.

    Raises:
        BadValue: one is a folder or has none, or two are one and the same.
    """
    seen: set[Path] = set()
    for one in (words.output, *_reference_files(words), *([words.proof] if words.proof else [])):
        place = one.absolute()
        if place.is_dir():
            raise BadValue(
                tr("“{name}” is a folder. Name a file in it, such as “{example}”. Nothing was "
                   "written.", name=one, example=one / words.output.with_suffix(".pdf").name)
            )  # fmt: skip
        if not place.parent.is_dir():
            raise BadValue(
                tr("There is no folder “{folder}”. Make it or choose another one. Nothing was "
                   "written.", folder=place.parent)
            )  # fmt: skip
        if place in seen:
            raise BadValue(
                tr("Two of the files would both be called “{name}”. Give one of them another name. "
                   "Nothing was written.", name=one)
            )  # fmt: skip
        seen.add(place)


def _reference_files(words: argparse.Namespace) -> list[Path]:
    """Return where the references that were asked for go, each format once."""
    formats = dict.fromkeys(words.references)
    return [citing.references_path(words.output, _REFERENCES[one]) for one in formats]


def _kept(
    archive: Archive, words: argparse.Namespace, settings: Mapping[str, str], progress: Progress
) -> dossiers.DossierReport:
    """Make a dossier that is kept, laid out as it says, or as the words say."""
    given = next((one for one in _CHOSEN if getattr(words, one)), None)
    if given is not None:
        raise BadValue(
            tr("--dossier and --{word} do not go together: a kept dossier has its own. Nothing was "
               "written.", word=given)
        )  # fmt: skip
    return dossiers.make_stored_dossier(
        archive, _found(archive, words.dossier), words.output, audience=words.audience,
        on=day_meant(words, archive), progress=progress, clips_folder=words.clips,
        settings=settings,
    )  # fmt: skip


def _found(archive: Archive, name: str) -> int:
    """Return the dossier that is meant by its title or UUID.

    Raises:
        NotFound: there is none, or several have this title.
    """
    known = kept_dossiers(archive, audience=Audience.STAFF)
    found = [one.id for one in known if one.uuid == name]
    found = found or [one.id for one in known if one.title.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(
            tr("Several dossiers are called “{name}”. Nothing was written; say which by its UUID: "
               "{uuids}", name=name,
               uuids=", ".join(one.uuid for one in known if one.id in found))
        )  # fmt: skip
    if known:
        raise NotFound(
            tr("There is no dossier “{name}”. Nothing was written. The archive has: {titles}",
               name=name, titles=", ".join(f"“{one.title}”" for one in known))
        )  # fmt: skip
    raise NotFound(tr("There is no dossier “{name}”. Nothing was written.", name=name))


def _settings(words: argparse.Namespace) -> dict[str, str]:
    """Return what the words say of the layout, as a dossier's settings."""
    said = {
        "layout": words.layout,
        "paper": words.paper and words.paper.lower(),
        "family": words.type,
        "grouping": words.group_by,
        "speakers": words.speakers,
        "times": words.times,
        "time_step_s": words.time_step and str(words.time_step),
        "citation_style": words.citation,
        "facing": words.facing and "yes",
        "line_numbers": words.line_numbers and "yes",
        "marks": words.smooth and "smoothed",
        "qr": words.qr and "yes",
        "data": words.data and "yes",
        "links": words.no_links and "no",
        "index": words.no_index and "no",
        "translations": words.no_translations and "no",
    }
    if words.time_step and not words.times:
        said["times"] = Times.STEP.value
    return {key: value for key, value in said.items() if value}


def _references(
    archive: Archive, words: argparse.Namespace, interviews: Sequence[int]
) -> list[Path]:
    """Write the references that were asked for beside the PDF, and return their files."""
    places = [citing.CitedPlace(one) for one in interviews]
    written: list[Path] = []
    formats = dict.fromkeys(words.references)
    for format_, target in zip(formats, _reference_files(words), strict=True):
        citing.save_references(
            archive, places, target, format=_REFERENCES[format_], audience=words.audience,
            on=day_meant(words, archive),
        )  # fmt: skip
        written.append(target)
    return written


def _document(
    words: argparse.Namespace, report: dossiers.DossierReport, references: Sequence[Path]
) -> dict[str, Any]:
    return {
        "path": str(report.path),
        "pages": report.pages,
        "interviews": list(report.accessions),
        "audience": words.audience.value,
        "proof": _verdict(report.proof),
        "missing_glyphs": list(report.missing_glyphs),
        "left_out": list(report.left_out),
        "references": [str(one) for one in references],
        "clips": [str(one) for one in report.clips],
    }


def _verdict(proof: Proof | None) -> dict[str, Any] | None:
    if proof is None:
        return None
    return {
        "is_clean": proof.is_clean,
        "is_leaking": proof.is_leaking,
        "sha256": proof.sha256,
        "claims": list(proof.claims),
        "checks": {one.check.value: len(one.findings) + one.more for one in proof.checks},
    }


def _tell(report: dossiers.DossierReport, references: Sequence[Path], *, has_clips: bool) -> None:
    say(trn("{count} page: {path}", "{count} pages: {path}", report.pages, path=report.path))
    for path in references:
        say(f"      {path}")
    if report.clips:
        say(trn("      {count} clip: {path}", "      {count} clips: {path}", len(report.clips),
                path=report.clips[0].parent))  # fmt: skip
    elif has_clips:
        say("      " + tr("No clips were cut: it holds no passage whose sound may be heard."))
    for sentence in report.left_out:
        say(f"      {sentence}")
    if report.missing_glyphs:
        signs = " ".join(report.missing_glyphs)
        say("      " + tr("No font has these characters: {signs}", signs=signs))
    if report.proof is not None:
        from archive_app.work.proving import summary

        for sentence in summary(report.proof):
            if sentence.kind in ("title", "bad"):
                say(f"      {sentence.text}")
