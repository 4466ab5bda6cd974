"""Pages that hold no report: error pages, walls, shells for scripts, frames, lists of links; and reports behind a paywall."""

from __future__ import annotations

import re

from lxml import etree

from entente.errors import InputError
from entente.reports.page_lines import asks_to_pay, ends_sentence
from entente.reports.page_listings import is_listing
from entente.reports.page_markup import Tree
from entente.reports.page_metadata import PageFacts
from entente.reports.page_prose import prose_words
from entente.reports.page_text import Selection

__all__ = ["paywall_warning", "refuse_page"]

_FAULT_WORDS, _SHORT_WORDS, _REPORT_WORDS = 400, 140, 25
# No report speaks to its readers of what they asked for; headlines that say nothing but the fault are sure as well.
_ADDRESSED = re.compile(
    r"\byou(?:['’]re| are| were|['’]ve| have)?\W+(?:\w+\W+){0,4}(?:looking for|request\w*|search\w*|follow\w*|click\w*|look(?:ed)? for|typed|entered)\b|\byour (?:search|request|bookmark|browser)\b",
    re.IGNORECASE,
)
_SURE_HEAD = re.compile(
    r"\W*(?:(?:http )?(?:error )?(?:40[34]|410|50[0-4])\W*)?(?:error|(?:sorry\W+)?(?:we (?:can(?:not|['’]t)|could(?: not|n['’]t)) find )?(?:the |this |that |your )?(?:requested )?(?:page|article|story|file|document|content)?\W*(?:(?:is |was |has been |could )?(?:not (?:be )?found|unavailable|not available|no longer available|missing|removed))?|access denied|forbidden|gone|service unavailable|bad gateway|internal server error)\W*",
    re.IGNORECASE,
)
_SURE_WORDS = re.compile(
    r"found|find|unavailable|available|40[34]|410|50[0-4]|denied|forbidden|gateway|removed", re.IGNORECASE
)
_LINK_SHARE = 0.6
_FAULTS = (
    (
        r"\b(?:page|article|story|content|document|file|resource|url|site|item|post)\b.{0,40}\b(?:not (?:be )?found|does(?:n['’]t| not) exist|no longer (?:exists?|available)|has (?:been|expired|moved)\b.{0,20}(?:removed|deleted|moved)?|(?:was|been) removed|cannot be found|could(?:n['’]t| not) be found|(?:is|are)(?:n['’]t| not) (?:available|here))"
        r"|\bnot found\b|\berror 404\b|\b404\b.{0,30}(?:error|not found|page)|^\W*404\W*$|\b(?:can(?:['’]t|not)|could(?:n['’]t| not)|unable to) find (?:the|that|this|what)\b|\b(?:410 )?gone\b\W*$|nothing (?:was )?found|oops"
        r"|\b(?:article|story|page|stories|articles|pages)\b.{0,60}\b(?:no longer in (?:our|the) archives?|(?:has|have) (?:now )?expired|expired\b\W*$|has moved on)|\byou(?: are|['’]re| seem to be| look|['’]ve got| appear to be)\W+lost\b|\bpage unavailable\b|\bno (?:search )?results\b|did(?: not|n['’]t) match any",
        "is an error page (page not found), not a report.",
        "Look up the report's present address.",
    ),
    (
        r"(?:enable|turn on|activate|requires?|needs?)\W+(?:\w+\W+){0,3}javascript|javascript (?:is|has been|appears to be) (?:disabled|turned off|not)|(?:your|this) browser (?:is(?:n['’]t| not) supported|does not support)|without javascript",
        'is a page that shows its text only with scripts ("enable JavaScript").',
        "Save the page from a browser once it is shown, and add that file.",
    ),
    (
        r"(?:verify|confirm|prove|checking)\b.{0,40}\b(?:human|robot|browser|bot)\b|captcha|are you (?:a )?(?:human|robot)|unusual traffic|checking your browser|just a moment|security check|ddos protection",
        "is a check for robots, not a report.",
        "Save the page from a browser, and add that file.",
    ),
    (
        r"access (?:to this (?:page|resource|site) )?(?:is |has been |was )?denied|\b403\b.{0,30}forbidden|\bforbidden\b|you (?:do not|don['’]t) have (?:permission|access)|not available in your (?:country|region|location|area)|unavailable for legal reasons|blocked",
        "is a page that refuses access, not a report.",
        "Save the page from a browser that may see it, and add that file.",
    ),
    (
        r"\b50[0-4]\b.{0,40}(?:error|bad gateway|unavailable|time-?out)|internal server error|service (?:is )?(?:temporarily )?unavailable|bad gateway|gateway time-?out|(?:under|scheduled|down for|(?:performing|doing|carrying out) (?:some )?(?:\w+ )?)\s?maintenance|\b(?:we['’]ll|we will|will) be (?:right )?back (?:soon|shortly|online)|temporarily (?:unavailable|down|offline)|database (?:connection )?error|error establishing|too many requests|something went wrong",
        "is an error page (the server's own fault), not a report.",
        "Fetch it again later.",
    ),
    (
        r"\b(?:we|our partners|this (?:web)?site|by (?:continuing|clicking))\b.{0,200}\bcookies?\b|\bcookies?\b.{0,120}\b(?:accept|consent|agree|preferences|settings)\b|before you continue|your privacy (?:choices|matters|is important)|we value your privacy|consent to",
        "is a cookie notice, not a report.",
        "Save the page from a browser after answering the notice, and add that file.",
    ),
    (
        r"\b(?:log|sign) ?in\b.{0,60}\b(?:continue|account|required|to (?:view|read|access))|please (?:log|sign) ?in|\bforgot(?:ten)? (?:your )?password|(?:user ?name|e-?mail).{0,30}password",
        "is a log-in page, not a report.",
        "Save the page from a browser after logging in, and add that file.",
    ),
)
_FAULT_PATTERNS = [
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), reason, remedy) for pattern, reason, remedy in _FAULTS
]
_PAYWALL_NAMES = re.compile(
    r"paywall|regwall|subscriber-?(?:only|wall|gate)|subscription-?(?:wall|gate|required|prompt)|premium-?(?:wall|gate|overlay)|piano|metered|locked"
)


def paywall_warning(root: etree._Element, tree: Tree, facts: PageFacts, selection: Selection) -> str | None:
    """A warning where only the beginning of a report can be read without paying."""
    kept = {block.number for block in selection.kept}
    asked = any(block.words <= 90 and block.number not in kept and asks_to_pay(block.text) for block in tree.blocks)
    closing = selection.kept[-3:] if selection.words > 30 else []
    asked = asked or any(block.words <= 40 and asks_to_pay(block.text) for block in closing)
    free = next((item["isAccessibleForFree"] for item in facts.articles if "isAccessibleForFree" in item), None)
    locked = str(free).lower() == "false" or (facts.first("article:content_tier") or "").lower() in {
        "locked",
        "metered",
    }
    walled = any(_PAYWALL_NAMES.search(node.names) and node.start < node.end for node in tree.nodes)
    if (asked and (locked or walled or selection.words < 400)) or (locked and selection.words < 250):
        return "paywall: only the beginning of the report can be read on this page; the rest is for subscribers."
    return None


def refuse_page(
    root: etree._Element, tree: Tree, facts: PageFacts, selection: Selection, origin: str, address: str | None
) -> None:
    """Say what a page is that holds no report; by its address, too, a list is known.

    Raises
    ------
    InputError
        The page is empty, sends the reader elsewhere, is an error page or a wall, or holds only links.
    """
    prose = sum(prose_words(block) for block in selection.kept)
    listing = is_listing(tree, facts, selection, address)
    if selection.words < _FAULT_WORDS:
        _refuse_fault(tree, facts, selection, origin, prose)
    if prose >= _REPORT_WORDS and not listing:
        return
    if not selection.kept or prose < _REPORT_WORDS:
        _refuse_elsewhere(root, tree, origin)
    if listing:
        links = sum(block.link_share >= _LINK_SHARE for block in tree.blocks)
        raise InputError(
            origin,
            f"holds no article, only links to others ({links} of them).",
            "Give the addresses of the articles, or the site's feed.",
        )
    if not any(block.words >= 4 and (ends_sentence(block.text) or block.words > 8) for block in selection.kept):
        raise InputError(origin, "holds no article: no text was found on the page.", "Check that the page shows one.")


def _refuse_fault(tree: Tree, facts: PageFacts, selection: Selection, origin: str, prose: int) -> None:
    """Refuse error pages and walls, known by their title and headline, or by their few words."""
    shown = sum(prose_words(block) for block in tree.blocks)
    heads = [facts.page_title, selection.title.text if selection.title is not None else ""]
    heads += [block.text for block in tree.blocks if block.kind == "heading" and block.level == 1]
    is_article = any(item.get("datePublished") for item in facts.articles) or "article:published_time" in facts.meta
    body = " ".join(block.text for block in tree.blocks if block.link_share < 0.5 and block.reason != "navigation")[
        :3000
    ]
    spoken = " ".join(block.text for block in selection.kept[:4])
    for pattern, reason, remedy in _FAULT_PATTERNS:
        in_head = any(len(head.split()) <= 12 and pattern.search(head) for head in heads if head)
        in_body = pattern.search(body) is not None
        told = selection.kept and any(pattern.search(block.text) for block in selection.kept[:4])
        if (is_article and not (in_head and told)) or (selection.words >= _SHORT_WORDS and not in_head):
            continue
        sure = [head for head in heads if _is_sure(head) and pattern.search(head)]
        is_sure = bool(sure) and not is_article and (bool(told) or prose < _SHORT_WORDS)
        by_head = in_head and (prose < _REPORT_WORDS or (in_body and prose < 60) or (told and prose < 80))
        by_address = in_body and told and prose < _SHORT_WORDS and _ADDRESSED.search(spoken) is not None
        if is_sure or by_address or by_head or (in_body and prose < _REPORT_WORDS and shown < 90 and not is_article):
            raise InputError(origin, reason, remedy)


def _is_sure(head: str) -> bool:
    """Whether a headline, but for the site's name, says that a page is missing and nothing else."""
    parts = re.split(r"\s+[|–—·•-]\s+|\s*[|»]\s*", head)
    return any(_SURE_HEAD.fullmatch(part) and _SURE_WORDS.search(part) for part in parts if part.strip())


def _refuse_elsewhere(root: etree._Element, tree: Tree, origin: str) -> None:
    """Refuse pages whose text is on other pages: frames and redirects."""
    for element in root.iter("meta"):
        if (element.get("http-equiv") or "").lower() == "refresh":
            target = re.search(r"url\s*=\s*[\"']?([^\"'>\s]+)", element.get("content") or "", re.IGNORECASE)
            if target:
                raise InputError(
                    origin, f"holds no text; it sends the reader on to {target[1]}.", "Give that address instead."
                )
    frames = [frame.get("src") for frame in root.iter("frame", "iframe") if frame.get("src")]
    if frames and next(root.iter("frameset", "iframe"), None) is not None and not any(map(prose_words, tree.blocks)):
        raise InputError(
            origin,
            f"holds frames only; its text is on other pages ({', '.join(frames[:3])}).",
            "Give the address of the frame with the text.",
        )
    if not tree.blocks:
        reason = (
            "is an empty page"
            if next(root.iter("script"), None) is None
            else "is a page that shows its text only with scripts"
        )
        raise InputError(
            origin,
            f"{reason}: there are no words on it.",
            "Save the page from a browser once it is shown, and add that file.",
        )
