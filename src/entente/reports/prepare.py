"""A report made ready for a coder: identity, date, language and sentences."""

from __future__ import annotations

import re

import msgspec

from entente.records import Incoming, Prepared, Report, Sentence
from entente.reports.language import identify_language
from entente.reports.mojibake import LOST, repair_mojibake
from entente.reports.normalise import normalise_text, report_id, text_hash
from entente.reports.prose import Layout, read_layout
from entente.reports.sentences import split_block
from entente.reports.written_dates import normalise_published
from entente.sources.addresses import clean_address, is_web_address

__all__ = ["prepare"]

TITLE_CHARACTERS = 300


def prepare(incoming: Incoming) -> Prepared:
    """Fix a report's text and identity, and find its date, language, headings and sentences.

    What was decoded wrongly before it came here is repaired where that is certain; then the text is normalised (Unicode
    NFC, line ends) and never changed after that. Nothing here fails: what is missing
    or odd becomes a warning. The publication date is the one given, else a date line's at the head of the text, else
    that of a dateline with a year; without any, the report is undated.

    Parameters
    ----------
    incoming : Incoming
        The text as its source hands it over.

    Returns
    -------
    Prepared
        The report with its sentences in order; sentences never overlap and hold no metadata.
    """
    warnings = list(incoming.warnings)
    incoming = _repaired(incoming, warnings)
    text = normalise_text(incoming.text)
    layout = read_layout(text)
    sentences: list[Sentence] = []
    headings: list[Sentence] = []
    for block in layout.blocks:
        found = split_block(text, block)
        sentences += found
        if block.kind == "heading":
            headings += found
    published = _published(incoming.published, layout, warnings)
    language = identify_language(" ".join(text[s.start : s.end] for s in sentences[:60]))
    if language != "en":
        warnings.append(_language_warning(language))
    url = _address(incoming.url, warnings)
    report = Report(
        id=report_id(text, publisher=incoming.publisher, url=url),
        source_id=incoming.source_id,
        url=url,
        publisher=incoming.publisher,
        title=incoming.title or layout.title or _title(text, layout),
        published=published,
        language=language,
        obtained=incoming.obtained,
        sha256=text_hash(text),
        text=text,
    )
    return Prepared(
        report=report,
        sentences=tuple(sentences),
        headings=tuple(headings),
        place=layout.place,
        codable=language == "en",
        whole=incoming.whole,
        warnings=tuple(warnings),
    )


def _repaired(incoming: Incoming, warnings: list[str]) -> Incoming:
    """The report with its words decoded rightly; its warnings say what was repaired or is lost for good."""
    text, places = repair_mojibake(incoming.text)
    if places:
        where = "one place" if places == 1 else f"{places:,} places"
        warnings.append(f"encoding: the text was decoded wrongly before it came here; {where} repaired (“â€™” is “’”).")
    if lost := text.count(LOST):
        characters = "1 character was" if lost == 1 else f"{lost:,} characters were"
        warnings.append(f"encoding: {characters} lost before the text came here (shown as {LOST}).")
    return msgspec.structs.replace(
        incoming,
        text=text,
        title=incoming.title and repair_mojibake(incoming.title)[0],
        publisher=incoming.publisher and repair_mojibake(incoming.publisher)[0],
        whole=incoming.whole and repair_mojibake(incoming.whole)[0],
    )


def _published(given: str | None, layout: Layout, warnings: list[str]) -> str | None:
    """The publication date: given, or the text's own."""
    if given and given.strip():
        if published := normalise_published(given):
            return published
        warnings.append(f"published: {given.strip()[:60]!r} is not a date and was left out. Write it as 2023-02-24.")
    if layout.published is None:
        warnings.append("undated: no publication date was given or found, so relative dates stay unresolved.")
    return layout.published


def _address(given: str | None, warnings: list[str]) -> str | None:
    """The report's address, None for words that are none: "n/a" in many rows would make all of them one page."""
    if given is None or not given.strip():
        return None
    if is_web_address(given):
        return clean_address(given)
    warnings.append(f"address: {given.strip()[:60]!r} is no web address and was left out.")
    return None


def _language_warning(language: str) -> str:
    if language == "und":
        return "language: no prose in a known language was found; the report is kept, not coded."
    return f"language: the report is in {language!r}, not in English; it is kept, not coded."


def _title(text: str, layout: Layout) -> str | None:
    """The first heading, where it is the first thing that the text says."""
    if not layout.blocks or layout.blocks[0].kind != "heading":
        return None
    first = layout.blocks[0]
    words = " ".join(text[line.start : line.end] for line in first.lines)
    words = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", words).replace("**", "").strip("*_ ")
    return words[:TITLE_CHARACTERS] or None
