"""A page's characters as a tree of elements, however broken or deeply nested."""

from __future__ import annotations

import re
from html import escape

from lxml import etree

__all__ = ["parse_page"]

_CDATA = re.compile(r"(//\s*|/\*\s*)?<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_SELF_CLOSED = re.compile(r"<(script|title|iframe|textarea|style|div|span|a|p|noscript)\b([^<>]*)/>", re.IGNORECASE)
_LONG_TAG = re.compile(r"<([A-Za-z][\w:-]*)[^<>]{50000,}")
_MOST_ATTRIBUTES = 2000


def parse_page(text: str) -> etree._Element | None:
    """The element tree of a page as browsers would build it, None where there is no markup or text at all."""
    if "<![CDATA[" in text:
        text = _CDATA.sub(lambda match: match.group(2) if match.group(1) else escape(match.group(2)), text)
    if text.lstrip()[:5] == "<?xml":
        text = _SELF_CLOSED.sub(r"<\1\2></\1>", text)
    text = _LONG_TAG.sub(_without_crowd, text)
    root, too_deep = _parsed(text)
    if too_deep:
        flat = re.sub(
            r"(?i)</?(?:div|section|article|main|form|blockquote|center|table|tbody|tr|td|ul|ol|li|dl|dd)\b[^<>]*>",
            "<br><br>",
            text,
        )
        root, _ = _parsed(re.sub(r"(?i)</?(?:span|font|b|i|em|strong|u|big|small)\b[^<>]*>", "", flat))
    return root


def _without_crowd(tag: re.Match[str]) -> str:
    """A tag without its attributes where they are too many: the parser compares each with all others."""
    return f"<{tag[1]} " if tag[0].count("=") > _MOST_ATTRIBUTES else tag[0]


def _parsed(text: str) -> tuple[etree._Element | None, bool]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    deep = any("depth" in entry.message for entry in parser.error_log)
    return root, deep
