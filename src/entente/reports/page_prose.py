"""How much of a page reads as prose, and blocks that are none."""

from __future__ import annotations

from itertools import accumulate

from entente.reports.page_lines import ends_sentence
from entente.reports.page_markup import Block, Node

__all__ = ["Sums", "prose_words", "rule_out"]


def prose_words(block: Block) -> int:
    """The words of a block that reads as prose, else 0."""
    if block.kind == "heading" or block.link_share > 0.5 or block.words < 6:
        return 0
    return block.words if block.words >= 25 or ends_sentence(block.text) else 0


class Sums:
    """Words and prose of any element, from running totals."""

    def __init__(self, blocks: list[Block]) -> None:
        self.words = [0, *accumulate(block.words for block in blocks)]
        self.prose = [0, *accumulate(prose_words(block) if block.reason is None else 0 for block in blocks)]

    def words_of(self, node: Node) -> int:
        """All words inside an element."""
        return self.words[node.end] - self.words[node.start]

    def prose_of(self, node: Node) -> int:
        """The words of prose inside an element that nothing rules out."""
        return self.prose[node.end] - self.prose[node.start]


def rule_out(blocks: list[Block], reason: str) -> None:
    """Give blocks a reason why they are no text, where they have none yet."""
    for block in blocks:
        block.reason = block.reason or reason
