"""The text of a piece of HTML that is all text: a feed's item, a mail's body."""

from __future__ import annotations

import re

from lxml import etree

from entente.reports.page_markup import Block, read_blocks
from entente.reports.page_text import write_blocks

__all__ = ["fragment_text"]

_CALL = re.compile(
    r"\W*(?:the post\b.{0,300}\bappeared first on\b.{0,100}|this (?:article|post|story)\b.{0,200}\b(?:first )?appeared (?:first )?on\b.{0,100}"
    r"|(?:continue|keep) reading\b.{0,160}|(?:read|view|see|click here to read) (?:the )?(?:more|full (?:story|article|post|text)|rest|original)\b.{0,100}|read more|more\W{0,4}|\[?link\]?|\[?comments?\]?|view (?:this e-?mail )?in (?:your )?browser|unsubscribe\b.{0,60})",
    re.IGNORECASE | re.DOTALL,
)
_CALL_END = re.compile(
    r"\s*(?:\[?(?:…|\.\.\.|&hellip;)\]?)?\s*(?:continue reading\b[^.]{0,160}|read (?:more|the full (?:story|article)|on)\W{0,6}|\bmore\s*(?:»|→|›|&raquo;)+)\s*\Z",
    re.IGNORECASE,
)


def fragment_text(root: etree._Element) -> tuple[str, str]:
    """The text of a fragment, and all its words line by line.

    Scripts, tracking images and hidden words are not in it, nor "The post … appeared first on …" and links to the
    rest; replies quoted in a mail are.
    """
    blocks = read_blocks(root).blocks
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        call = _CALL.fullmatch(block.text)
        if call and (block.link_share > 0 or number >= len(blocks) - 2 or "appeared first" in block.text.lower()):
            continue
        if (block.linked or number == len(blocks) - 1) and (end := _CALL_END.search(block.text)):
            block.text = block.text[: end.start()].rstrip()
            if not block.text:
                continue
        kept.append(block)
    return write_blocks(kept), "\n".join(block.text for block in blocks)
