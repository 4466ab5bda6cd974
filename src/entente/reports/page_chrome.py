"""What of a page is not its text by the names of its elements: navigation, related stories, advertising, captions."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

__all__ = ["WEAK_REASONS", "is_hidden", "names_of", "own_reason"]

WEAK_REASONS = frozenset("meta ad share signup sidebar form notice navigation caption tags player".split())
"""Reasons that yield where the element holds the greater part of a page's prose: names are only names."""

_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-indent\s*:\s*-\d{3,}|(?:^|;)\s*opacity\s*:\s*0(?:\s*;|\s*$)"
)
_HIDDEN_NAMES = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-(?:text|only))?|a11y-hidden|assistive-text|element-invisible|"
    r"u-hidden|is-hidden|d-none|hidden|print-only|only-print|offscreen|off-screen)(?:\s|$)"
)
_TAG_REASONS = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "aside": "sidebar",
    "form": "form",
    "button": "form",
    "fieldset": "form",
    "dialog": "notice",
    "figcaption": "caption",
    "caption": "caption",
    "address": "author",
    "amp-sidebar": "navigation",
    "amp-consent": "notice",
    "amp-user-notification": "notice",
    "amp-social-share": "share",
}
_ROLE_REASONS = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "tablist": "navigation",
    "search": "form",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "dialog": "notice",
    "alertdialog": "notice",
    "toolbar": "share",
    "button": "form",
}
_NAMES = {
    "related": r"related[\w-]*|recommend\w*|recirc\w*|read-?(?:more|also|next|on|too)|see-?(?:also|too)|also-?(?:read|see|on|in)"
    r"|(?:read-|see-|view-|load-)?more(?:-?(?:stories|news|from|on|in|about|articles|posts|links|like|this|coverage|headlines|reading|section|box))?(?:-[a-z]\w*)?"
    r"|you-?(?:may|might)[\w-]*|most-?(?:read|popular|viewed|shared|recent)|trending|popular(?:-(?:posts|news|stories))?|most"
    r"|latest-?(?:news|stories|posts|articles|headlines)|top-?stories|editors?-?picks?|up-?next|next-?(?:article|story|post|up)"
    r"|prev(?:ious)?-?(?:article|post|story)|post-?nav\w*|taboola|outbrain|zergnet|mgid|further-?reading|suggested[\w-]*"
    r"|in-?other-?news|onwards?|(?:link|story|teaser|headline|article|news|card)s?-?(?:list|links|grid|cards|rail|feed|carousel)|links|linkbox"
    r"|rel-?links|don-?t-?miss|in-?article-?link|inline-?(?:link|related|story|promo)s?|story-?link|more-?coverage|crosslinks?|similar[\w-]*",
    "share": r"share|sharing|share-?\w+|social(?!-(?:affairs|policy|security))[\w-]*|addtoany|addthis\w*|sharethis|a2a\w*|follow(?:-?us|-\w+)?|whatsapp|print-?(?:button|link|page|icon)|tools?|toolbox|article-?(?:tools|actions)|actions?|bookmark",
    "signup": r"newsletters?[\w-]*|sign-?up[\w-]*|subscribe(?:-[\w-]+)?|subscription[\w-]*|mailing-?list|paywall[\w-]*|regwall|piano|registration|register|login|log-?in|donat(?:e|ion)[\w-]*|membership|cta|call-?to-?action|appeal|support-?us|app-?(?:download|promo)|premium-?(?:box|offer|teaser)|offer",
    "ad": r"ads?|advert\w*|advertorial|ads-?by-?\w+|ad-?(?:slot|unit|container|wrapper|box|banner|label|zone|space)(?:-\w+)?|banner|sponsor\w*|sponsored-\w+|promo\w*|dfp|gpt|commercial|affiliate\w*|outstream|partner-?content|mpu|leaderboard|billboard",
    "notice": r"cookies?[\w-]*|consent[\w-]*|gdpr|cmp|onetrust[\w-]*|ot-sdk[\w-]*|privacy-?(?:notice|banner)|modal|pop-?up|overlay|toast|interstitial|alert-?bar|site-?(?:notice|alert)|browser-?(?:warning|upgrade)|breaking-?(?:news-?)?(?:bar|banner|ticker)|ticker|marquee|survey|poll|feedback|was-this-helpful|disclaimer|legal",
    "comment": r"comments?(?:-(?!ary)[\w-]+)?|disqus[\w-]*|respond|discussion-?(?:thread|list)|replies|reader-?(?:comments|letters)|user-?reviews|commentlist|livefyre|coral",
    "embed": r"twitter-?tweet|tweet(?:-?(?:embed|box|card))?|instagram-?media|tiktok-?embed|fb-?post|bluesky-?embed|telegram-?post|(?:social|post|tweet|embed(?:ded)?)-?(?:embed|post|tweet)",
    "player": r"(?:video|audio|media)-?(?:js|player|controls|placeholder)|vjs[\w-]*|jw-?player|(?:[\w]+-)?player(?:-\w+)?",
    "author": r"author[\w-]*|by-?line[\w-]*|bio|biography|about-?the-?(?:author|writer)|contributors?|reporter-?(?:bio|info)|writer|writers?-?(?:info|bio)|staff-?(?:bio|card)|correspondent",
    "meta": r"meta|meta-?data(?:-\w+)?|(?:published?|update|change|version|revision)-?(?:dates|history|log|notes?)|post-?info|info-?bar|(?:entry|article|post|story|page|news|item|content)-?(?:meta|date|dates|time|info|utility|details|stamp|published|updated)"
    r"|time-?stamp|date|datetime|date-\w+|pub-?date|published?(?:-?(?:date|on|time|at))?|post(?:ed)?-?(?:on|date|time)|updated?(?:-?(?:at|time|on|date))?|last-?(?:updated|modified)|modified|reading-?time|read-?time|time-?ago|time|kicker|eyebrow|overline|section-?(?:label|name|tag)|rubric|category|views?-?count|word-?count|entry-?footer",
    "caption": r"(?:[\w-]+-)?caption(?:s|-\w+)*|cutline|(?:photo|image|img|picture|media|figure|thumb|gallery|slide|video)-?(?:credits?|captions?|infos?|desc\w*|sources?|text|by|legend|title|note|meta)|credits?|legend|copyright\w*|wp-caption\w*|imgcap|photographer",
    "tags": r"tags|tag-?(?:list|cloud|links|s)|(?:post|article|entry|story)-?(?:tags|topics|keywords|categories)|topics?(?:-?list)?|keywords|hash-?tags|filed-?under|categories|cat-?links|labels",
    "navigation": r"nav|nav-?bar|navigation[\w-]*|(?:main|top|site|sub|side|primary|secondary|mobile|footer|global)-?(?:nav\w*|menu)|menu(?:-\w+)?|breadcrumbs?[\w-]*|crumbs?|bread|pagination|pager|paging|page-?(?:numbers|links|nav)|skip-?(?:link|nav|to)[\w-]*|toc|table-of-contents|masthead|top-?bar|site-?header|header-?(?:top|bar)|toolbar|site-?map|search[\w-]*|lang(?:uage)?-?(?:switch\w*|select\w*|menu|nav|list)|back-?to-?top|edition-?\w*|weather|stocks?|accessibility-?\w*",
    "footer": r"footer|site-?footer|page-?footer|colophon|foot|bottom-?(?:bar|links)",
    "sidebar": r"side-?bar[\w-]*|side-?(?:col\w*|rail|box|block)?|col(?:umn)?-right|(?:right|left)-?(?:col\w*|rail|side|bar)|rail|secondary|widgets?(?:-\w+)?|tertiary|complementary|info-?box",
}  # fmt: skip
_BY_NAME = [
    (reason, re.compile(rf"(?:^|\s|\b[a-z0-9]+-{{1,2}})(?:{words})(?:-{{1,2}}\w+)?(?=\s|$)"))
    if reason in {"navigation", "footer", "sidebar"}
    else (reason, re.compile(rf"(?:^|\s|\b[\w]+-{{1,2}})(?:{words})(?=\s|$)"))
    for reason, words in _NAMES.items()
]
# State words say what a page has or lacks ("has-sidebar", "comments-open"); they are no names of parts.
_STATES = re.compile(
    r"(?<![\w-])(?:no|has|with|without|is|not|js|hide|show)-[\w-]+|[\w-]+-(?:open|closed|free|enabled|disabled|none)(?![\w-])"
)
# Parts that are text although their names hold one of the words above.
_TEXT_NAMES = re.compile(
    r"(?:^|[\s-])(?:teaser|summary|intro|lead|lede|standfirst|dek|deck|abstract|excerpt|body|articlebody|story-?text|article-?text|entry-content|post-content|main-content|transcript|live-?blog)$"
)
# Names of the whole text, beside which other names (who may read it, how it is laid out) say nothing.
_BODY_NAMES = re.compile(
    r"(?:^|\s|[a-z]-)(?:article|story|entry|post|asset|news|page|main|node|content)-{1,2}(?:body|content|text|copy)(?=\s|$)|(?:^|\s)articlebody(?=\s|$)"
)
# A name that ends so is a box of the thing before.
_BOX = re.compile(
    r"(?:-{1,2}(?:box|block|list|section|wrapper|wrap|container|area|module|bar|inner|items?|group|panel|holder|row|grid|zone))+$"
)
# WordPress writes what a post is filed under into its classes.
_FILED = re.compile(r"(?<![\w-])(?:type|status|format|category|tag|author|post-format)-[\w-]+")
_REST = re.compile(r"more-?(?:content|text|body)$")
_NEVER_NAMED = frozenset({"html", "body", "main", "h1", "center", "tbody", "li", "tr"})
_INLINE_REASONS = frozenset({"caption", "share", "ad", "author", "meta", "tags", "related", "signup"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})  # their ids are made of their words
_BLOCK_TAGS = frozenset(
    "div section article p ul ol dl td table header h2 h3 h4 h5 h6 figure blockquote dd dt details center tr li".split()
)


def is_hidden(element: etree._Element) -> bool:
    """Whether browsers or the page's own style keep an element from the eye, as far as the markup tells."""
    attributes = element.attrib
    if not attributes or element.tag in {"body", "html"}:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if (style := attributes.get("style")) and _HIDDEN_STYLE.search(style):
        return True
    name = attributes.get("class")
    return name is not None and _HIDDEN_NAMES.search(name) is not None


def names_of(element: etree._Element) -> str:
    """The words by which an element is named: its classes, id, test id and label, in small letters with hyphens."""
    attributes = element.attrib
    if not attributes:
        return ""
    found = [attributes.get("class"), None if element.tag in _HEADINGS else attributes.get("id")]
    if (label := attributes.get("aria-label")) and len(label) < 40:
        found.append(label.strip().replace(" ", "-"))
    role = _ROLE_REASONS.get(attributes.get("role", ""))
    return _plain(" ".join(one for one in found if one)) + (f" role:{role}" if role else "")


@lru_cache(maxsize=4096)
def _plain(names: str) -> str:
    """Names without their writer's style: ``articleBody`` and ``article__body`` become ``article-body``."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "-", names)
    return " ".join(re.sub(r"[_:.-]+", "-", parted).lower().split())


@lru_cache(maxsize=8192)
def own_reason(tag: str, names: str) -> str | None:
    """Why an element is no text by its own tag, role or names; None where they do not say."""
    if tag in _TAG_REASONS:
        return _TAG_REASONS[tag]
    names, _, role = names.partition(" role:")
    if role:
        return role
    if not names or tag in _NEVER_NAMED:
        return None
    inline = tag not in _BLOCK_TAGS
    whole = _BODY_NAMES.search(names) is not None
    names = _STATES.sub(" ", names).strip()
    if "hentry" in names or "type-post" in names:
        names = _FILED.sub(" ", names)
    words = [word for word in names.split() if not _REST.search(word)]
    for name in dict.fromkeys(form for word in words for form in (word, _BOX.sub("", word))):
        for reason, pattern in _BY_NAME:
            if pattern.fullmatch(name) or ((match := pattern.search(name)) and match.end() == len(name)):
                if (inline and reason not in _INLINE_REASONS) or (whole and reason in WEAK_REASONS):
                    continue
                if _TEXT_NAMES.search(name) and reason not in {"comment", "related", "signup"}:
                    continue
                return None if tag == "article" and reason not in {"related", "ad"} else reason
    return None
