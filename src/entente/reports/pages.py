"""Web pages as reports: the main text, and the title, publisher and date that a page gives itself."""

from __future__ import annotations

import re

import msgspec
from lxml import etree

from entente.errors import InputError
from entente.records import Document, Incoming
from entente.reports.page_dates import find_published
from entente.reports.page_encoding import decode_page
from entente.reports.page_faults import paywall_warning, refuse_page
from entente.reports.page_fragment import fragment_text
from entente.reports.page_markup import Tree, read_blocks
from entente.reports.page_metadata import PageFacts, choose_title, clean, read_facts, saved_from
from entente.reports.page_parsing import parse_page
from entente.reports.page_text import Selection, headline_of, select_text, whole_text
from entente.sources.mail_texts import forwarded, own_words

__all__ = ["extract_fragment", "extract_mail", "extract_page"]

_THIN_WORDS = 60


def extract_page(document: Document) -> Incoming:
    """The report that a web page holds.

    The title is not part of the text. What the source knows (title, publisher, date, address) wins over what the page
    says of itself.

    Raises
    ------
    InputError
        The page is empty or cannot be read, is an error page, a wall or a redirect, or holds only links.
    """
    root, mark, warnings = _read(document)
    try:
        return _report_of(document, root, mark, warnings)
    except (etree.LxmlError, RecursionError, ValueError, MemoryError) as problem:
        raise _unreadable(document, problem) from problem


def extract_fragment(document: Document) -> Incoming:
    """The report that a piece of HTML is: all its words, but not its scripts and calls to read on.

    Raises
    ------
    InputError
        There are no words in it, or it cannot be read.
    """
    text, whole, warnings = _fragment(document)
    return _incoming(document, text, warnings, whole=whole if whole != text else None)


def extract_mail(document: Document) -> Incoming:
    """The report that a mail's body in HTML is: its own words, as of one in plain text.

    Raises
    ------
    InputError
        There are no words in it, or it cannot be read.
    """
    text, whole, warnings = _fragment(document)
    own, before = own_words(text), forwarded(text)
    report = _incoming(document, own, warnings, whole=whole if whole != own else None)
    if before is None:
        return report
    return msgspec.structs.replace(
        report, publisher=before.sender or report.publisher, published=before.day or report.published
    )


def _fragment(document: Document) -> tuple[str, str, tuple[str, ...]]:
    """The text of a piece of HTML, all its words, and warnings about its encoding."""
    root, _, warnings = _read(document)
    try:
        text, whole = fragment_text(root)
    except (etree.LxmlError, RecursionError, ValueError, MemoryError) as problem:
        raise _unreadable(document, problem) from problem
    if not text:
        raise InputError(document.origin, "holds no words.", "Nothing is lost; leave it out.")
    return text, whole, warnings


def _read(document: Document) -> tuple[etree._Element, str | None, tuple[str, ...]]:
    """The document's tree, where it was saved from, and warnings about its encoding."""
    if not document.content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise InputError(document.origin, "is empty.", "Fetch or save the page again.")
    text, warnings = decode_page(document.content, document.charset)
    try:
        root = parse_page(text)
    except (etree.LxmlError, RecursionError, ValueError, MemoryError) as problem:
        raise _unreadable(document, problem) from problem
    if root is None:
        raise InputError(
            document.origin, "is an empty page: there are no words on it.", "Fetch or save the page again."
        )
    return root, saved_from(text), warnings


def _unreadable(document: Document, problem: BaseException) -> InputError:
    reason = f"is HTML that cannot be read ({type(problem).__name__}: {str(problem)[:120]})."
    return InputError(document.origin, reason, "Save the page again, or save its text.")


def _report_of(document: Document, root: etree._Element, mark: str | None, warnings: tuple[str, ...]) -> Incoming:
    facts = read_facts(root, saved_from=mark)
    titles = list(dict.fromkeys(one for one in (document.title, *facts.titles) if one))
    tree = read_blocks(root)
    selection = select_text(tree, titles, facts.publisher)
    paywall = paywall_warning(root, tree, facts, selection)
    text, whole, from_body = selection.text, whole_text(tree), False
    if selection.words < _THIN_WORDS and paywall is None:
        tree, selection = _with_unseen(root, tree, selection, titles, facts.publisher)
        text, whole = selection.text, whole_text(tree)
        body = _structured_body(facts)
        from_body = len(body.split()) > 1.5 * selection.words + 20
        if from_body:
            text, whole = body, f"{whole}\n{body}"
    if not from_body:
        refuse_page(root, tree, facts, selection, document.origin, document.url)
    found = find_published(root, tree, facts, selection, document.url)
    if document.published is None and found.warning:
        warnings += (found.warning,)
    if paywall:
        warnings += (paywall,)
    headline = headline_of(selection, titles)
    return _incoming(
        document,
        text,
        warnings,
        whole=whole,
        url=facts.url,
        publisher=facts.publisher,
        title=choose_title(facts, headline),
        published=found.published,
    )


def _with_unseen(
    root: etree._Element, tree: Tree, selection: Selection, titles: list[str], publisher: str | None
) -> tuple[Tree, Selection]:
    """The text with what scripts would have shown, if that makes more of it."""
    if next(root.iter("noscript", "template"), None) is None:
        return tree, selection
    fuller = read_blocks(root, unseen=True)
    chosen = select_text(fuller, titles, publisher)
    # Without any text, what scripts would replace says what the page is.
    more = chosen.words > 1.5 * selection.words + 20 or not selection.kept
    return (fuller, chosen) if more else (tree, selection)


def _structured_body(facts: PageFacts) -> str:
    """The text that the structured data gives, its paragraphs parted by blank lines."""
    body = next((item["articleBody"] for item in facts.articles if isinstance(item.get("articleBody"), str)), None)
    if not isinstance(body, str):
        return ""
    if re.search(r"<(?:p|br|div)\b", body, re.IGNORECASE):
        root = parse_page(body)
        return fragment_text(root)[0] if root is not None else ""
    lines = (clean(line) for line in re.split(r"\n+|\\n", body.replace("\r", "")))
    return "\n\n".join(line for line in lines if line)


def _incoming(
    document: Document,
    text: str,
    warnings: tuple[str, ...],
    *,
    whole: str | None,
    url: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    published: str | None = None,
) -> Incoming:
    return Incoming(
        text=text,
        origin=document.origin,
        source_id=document.source_id,
        url=document.url or url,
        publisher=document.publisher or publisher,
        title=document.title or title,
        published=document.published or published,
        obtained=document.obtained,
        whole=whole,
        warnings=warnings,
    )
