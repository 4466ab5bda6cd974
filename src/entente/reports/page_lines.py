"""What of a page is not its text by its words: labels, bylines, time stamps, credits, calls to read or subscribe."""

from __future__ import annotations

import re

from entente.reports.written_dates import MONTHS

__all__ = [
    "asks_to_pay",
    "closes_report",
    "ends_sentence",
    "is_biography",
    "is_byline",
    "is_caption",
    "is_chrome",
    "is_credit",
    "is_speaker_label",
    "is_time_stamp",
    "is_turn",
    "names_related",
    "opens_wall",
    "says_who_and_when",
    "without_credit",
]

_MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_ZONE = r"(?:\(?(?:[A-Z]{2,5}|[ap]\.?m\.?|(?:gmt|utc)?\s*[+-]\d{1,2}:?\d{0,2}|local time|hrs|h|uhr)\)?)"
_CLOCK = r"(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|\d{1,2}(?=\s*[ap]\.?m))"
_TIME = rf"{_CLOCK}(?:\s*{_ZONE})*"
_DAY = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}(?:[\s,-]+\d{{4}})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:[\s,]+\d{{4}})?)"
)
_AGO = r"(?:(?:about|over|an?|\d+)\s*(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|[hdmwy])\s*ago|just now|today|yesterday)"
_STAMP_LABEL = (
    r"(?:(?:first |originally |last )?(?:published|posted|updated|modified|created|issued|released?|uploaded|edited|filed|reviewed)"
    r"(?:\s+(?:on|at|date|in))?|(?:publication |release |issue |publishing )?date|time|as of|on|at|last update|date of (?:publication|issue))"
)
_STAMP = re.compile(
    rf"[\W_]*(?:(?:{_STAMP_LABEL}|{_WEEKDAY}|{_DAY}|{_TIME}|{_AGO}|at|on|by|and|(?-i:[A-Z]{{2,5}})|\d{{1,3}}\s*min(?:ute)?s?\.?(?: read)?)[\W_]*)+",
    re.IGNORECASE,
)
_STAMP_CORE = re.compile(
    rf"{_DAY}|{_TIME}|{_AGO}|\bmin(?:ute)?s? read|^\W*(?:updated|published|posted)\W*$", re.IGNORECASE
)
_STAMP_CLOCK = rf"{_CLOCK}(?:\s*\(?(?:(?-i:[A-Z]{{2,5}})\b|[ap]\.?m\b\.?|(?:gmt|utc)?\s*[+-]\d{{1,2}}:?\d{{0,2}}|local time|hrs)\)?)*"
_STAMP_PART = re.compile(
    rf"\b(?:{_STAMP_LABEL}|update)\b\s*:?|{_WEEKDAY}|{_DAY}(?:\s*(?:,|[-–|])?\s*{_STAMP_CLOCK})?|{_STAMP_CLOCK}|{_AGO}",
    re.IGNORECASE,
)
_READING = re.compile(
    r"\b(?:read(?:ing)?(?: time)?\s*:?\s*)?\d{1,3}[\s-]*min(?:ute)?s?\b\.?(?:(?: to)? read)?", re.IGNORECASE
)
_BYLINE_WORDS, _WALL_WORDS = 9, 20
_BYLINE_SMALL = frozenset("by in for of and the at from with de van von der al bin el la di du".split())
_LABELLED_STAMP = re.compile(
    rf"(?:(?:first |originally |last )?(?:published|posted|updated|modified)(?: on| at)?|last update)\b\s*:?.{{0,24}}(?:{_DAY}|{_TIME}|{_AGO}).{{0,40}}",
    re.IGNORECASE | re.DOTALL,
)
_NAME = r"(?:[A-ZÀ-Þ][\w.’'À-ÿ-]*|de|van|von|der|al|bin|el|la|di|du)"
_BYLINE = re.compile(
    rf"(?:by|from|BY|By|From|Written by|Story by|Text by|Text:|Author:|Authors:|Writer:|Words by|Reported by|Report by|Posted by|Published by|Edited by|Compiled by|Source:|Correspondent:)\s*:?\s+"
    rf"{_NAME}(?:(?:\s*,\s*|\s+(?:and|&|in|for|of|with)\s+|\s*[|/–—-]\s*|\s+)(?:the\s+)?{_NAME}){{0,12}}(?:\s*[,|–—-]?\s*(?:[^\s]+\s+){{0,6}}(?:correspondent|editor|reporter|writer|staff|desk|bureau|agency|agencies)s?)?\.?(?:\s*[|•·–—,-]?\s*.{{0,10}}{_DAY}.{{0,30}})?"
)
_STAFF = re.compile(
    r"(?:(?:our|staff|web|news|special|diplomatic|foreign|political|senior|the|online|digital)\s+)*(?:newsroom|correspondent|reporter|editor|desk|bureau|news desk|web desk|staff|agencies|monitoring desk|staff writer|staff reporter|news service)s?(?:\s+report)?\W*",
    re.IGNORECASE,
)
_AGENCIES = (
    r"(?:Reuters|REUTERS|AP|AFP|dpa|DPA|EFE|ANSA|TASS|Xinhua|XINHUA|PTI|ANI|APP|IANS|UPI|Bernama|BERNAMA|Anadolu(?: Agency)?|AA|KUNA|SPA|WAM|IRNA|Yonhap|Kyodo(?: News)?|Interfax|RIA Novosti|ANTARA|Antara|"
    r"Bloomberg|CNA|VNA|MENA|NAN|GNA|ENA|QNA|BTA|MTI|PAP|CTK|Agencies|agencies|Associated Press|The Associated Press|Agence France-Presse|[A-Z]{2,5})"
)
_CREDIT = re.compile(
    r"[(\[]?(?:—|–|-)?\s*(?:"
    r"(?:additional |with |further )?(?:reporting|writing|editing|translated|translation|compiled|edited|written|research|graphics?|report(?:ed)?)(?: and (?:writing|editing|translation))?(?: and [\w ]{1,30})?(?: in [\w ,]{1,40})? by\b"
    r"|with (?:additional |agency |agencies |further )?(?:inputs?|reporting|files|material|information|contributions?|additional reporting)\b.{0,20}\b(?:from|by)\b"
    r"|(?:the )?(?:associated press|reuters|afp|agence france-presse|[\w ]{3,40} (?:in|from) [A-Z][\w ,]{2,40}) (?:(?:writers?|journalists?|reporters?) )?(?:[\w .,]{0,60})?contributed(?: reporting)?\b"
    r"|(?:this|a version of this|an earlier version of this) (?:article|story|essay|piece|report|interview|column) (?:also |first )?(?:appears?|appeared|ran|runs|is|was printed) in (?:the |our )?.{0,80}\b(?:editions?|issue|magazine|print|newspaper)\b"
    rf"|(?:illustrations?|photographs?|photography|photos?|pictures?|drawings?|art(?:work)?|animations?|graphics?|maps?|charts?|video|audio|music) by (?-i:{_NAME}(?: {_NAME}){{1,3}}(?:(?:,| and|, and| /|,? for) (?:the |The )?{_NAME}(?: {_NAME}){{0,3}}){{0,3}}\W*$)"
    r"|[(\[]\s*(?:editor['’]?s['’]? )?note\s*:[^()\[\]]*[)\]]\W*$"
    r"|our standards:|syndicated from|this (?:story|article|report|piece|text|post|item|page|interview|dispatch) (?:was|has been|is|first|originally|appeared)\b.{0,50}(?:first |originally |also )?(?:published|appeared|edited|generated|produced|translated|syndicated|adapted|updated|corrected|republished)"
    r"|(?:the post|this post) .{0,200}appeared first on|a version of this (?:article|story|report)\b.{0,40}\b(?:appears?|appeared|was published)|originally published|first published (?:in|by|on|at)|republished (?:with|from|under)"
    r"|\(?this is a developing story|(?:media|press) (?:contact|enquiries|inquiries|queries|office)s?\s*:|source:|sources:|via:|courtesy:|contributed by"
    rf"|(?-i:{_NAME}(?: {_NAME}){{1,3}} reported from {_NAME}(?: {_NAME}){{0,2}}(?:(?:,| and|, and) (?:{_NAME}(?: {_NAME}){{1,3}} from )?{_NAME}(?: {_NAME}){{0,2}}){{0,4}}\.?$)"
    r")",
    re.IGNORECASE,
)
_AGENCY_ONLY = re.compile(rf"[(\[—–\s-]*{_AGENCIES}(?:\s*(?:/|,|and|&|–|-)\s*{_AGENCIES})*[)\]\s.]*")
_AGENCY_END = re.compile(
    rf"\s*(?:[(\[]\s*(?:with inputs? from |source: ?)?{_AGENCIES}(?:\s*[/,]\s*{_AGENCIES})*\s*[)\]]|(?<=[.!?”\"])\s*[–—-]+\s*{_AGENCIES})\s*\.?\s*$"
)
_COPYRIGHT = re.compile(
    r"\W*(?:©|\(c\)\s|copyright\b|all rights reserved|©?\s*\d{4}\s+(?:the\s+)?[A-Z][\w .]+\. all rights).*",
    re.IGNORECASE | re.DOTALL,
)
_RIGHTS = re.compile(
    r"all rights reserved|may not be (?:published|reproduced|republished)|terms of (?:use|service) (?:and|apply)",
    re.IGNORECASE,
)
_RELATED_LABEL = re.compile(
    r"\W*(?:read(?:ing)? (?:more|also|next|on|this|too|the full)|also read|read|more (?:on|from|about|in|like|stories|news|coverage|reading|headlines|to read)\b.{0,40}|more|see (?:also|more|too)|also see"
    r"|related(?: (?:stories|story|articles?|news|posts?|links|content|coverage|topics|items|reading|documents|pages|video|videos))?|recommended(?: (?:for you|stories|reading|articles))?|you (?:may|might) (?:also )?(?:like|be interested in|enjoy)"
    r"|most (?:read|popular|viewed|shared|recent)|trending(?: now)?|popular(?: (?:now|posts|stories))?|latest(?: (?:news|stories|headlines|posts|from .{1,30}|updates on .{1,30}))?|top stories|other (?:news|stories|articles|headlines)|in other news|elsewhere(?: on .{1,30})?"
    r"|editor'?’?s'?’? (?:picks?|choice)|further reading|up next|next (?:story|article|up)|previous (?:story|article)|don['’]t miss|in this section|suggested(?: (?:reading|for you))?|from (?:our|the) (?:archives?|partners|web)|around the web|promoted (?:stories|content)|sponsored(?: content| links)?|keep reading|useful links|external links|links|watch(?: (?:also|more|next|now|live))?|background|explore more|what to read next|follow (?:our|the) coverage.{0,30}|in pictures)\W*",
    re.IGNORECASE,
)
_CLOSING_LABEL = re.compile(
    r"\W*(?:(?:\d+ )?comments?(?: \(?\d+\)?)?|leave a (?:comment|reply)|join the (?:conversation|discussion)|post a comment|have your say|reader comments|about the (?:author|writer|reporter|correspondent)s?|(?:sign up|subscribe|join)\b.{0,60}newsletters?.{0,30}|newsletter|share(?: this)?(?: (?:story|article|page|on|via))?|tags|topics|filed under|follow us(?: on .{1,30})?|contact us|(?:media|press) (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|queries|office)|stay (?:connected|informed|up to date)|support (?:our|us|independent) .{0,30}|subscribe.{0,30}|download (?:our|the) app)\W*",
    re.IGNORECASE,
)
_PREFIXED = re.compile(
    r"\W*(?:read (?:more|also|next|on)|also read|read|see also|related(?: (?:story|article|stories|coverage|news))?|more|watch(?: also| more| now)?|recommended|don['’]t miss|must read|opinion|explained?|in pictures|listen)\s*(?:[:|»>→–—]|\s-\s)\s*.+",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(
    r"\W*(?:advert(?:isement|ising)?s?|ad|ads|sponsored(?: content| by .{1,30})?|promoted|paid (?:content|post)|(?:story|article|post|content|text) continues (?:below|after)(?: (?:this )?(?:the )?(?:advert(?:isement)?|ad|video|photo|promotion))?|continue reading(?: (?:below|the main story|on .{1,30}))?|scroll (?:down )?to (?:continue|read).{0,30}|skip (?:past|to|ad|advertisement)\b.{0,40}|(?:after|end of) .{0,20}(?:promotion|advert(?:isement)?|newsletter).{0,20}|loading\W*.{0,20}|load more.{0,20}|show (?:more|all|less)|view (?:all|gallery|comments|more).{0,20}|back to (?:top|.{0,20}page)|top|home|print(?: (?:this )?(?:page|article|version|friendly).{0,20})?|e-?mail(?: this)?(?: (?:article|page|story))?|save(?: (?:for later|article|this))?|copy(?: link| url)?|link copied.{0,20}|bookmark|share(?: (?:this )?(?:article|story|page|post|on .{1,20}|via .{1,20}))?|facebook|twitter|x|whatsapp|telegram|linkedin|reddit|tweet|pinterest|instagram|youtube|pin it|rss|comments?(?: \(?\d+\)?)?|\d+ (?:comments?|shares?|views?|likes?)|(?:log|sign) ?in(?: / .{0,20})?|register|subscribe(?: now| today)?|close|dismiss|menu|search|next|previous|prev|(?:\d+|one)\s*(?:/|of)\s*\d+|play(?: video)?|live|breaking(?: news)?|exclusive|enlarge(?: (?:this )?image)?|click to enlarge|hide caption|toggle caption|image \d+ of \d+|download(?: (?:pdf|this|the).{0,20})?|listen(?: to (?:this )?(?:article|story))?.{0,20}|text size.{0,20}|a a a|a- a\+|\d+ min(?:ute)?s? read|gift (?:this )?article|give this article|key events?|pinned|scroll back (?:up|down)\b.{0,40}|\d{1,4}:\d{2}(?::\d{2})?|[\[(]?(?:please )?check against delivery|[\[(]?as (?:delivered|prepared)(?: for delivery)?|for information media.{0,40}|not an official (?:record|document)|updated?|ends?|###|-?\s*30\s*-?|\*\s*\*\s*\*|#|photos?|video|gallery|photo gallery|image gallery|slideshow|accept(?: all)?(?: cookies)?|reject all|manage (?:cookies|preferences|settings)|you(?: have|['’]ve) reached the (?:end|last)\b.{0,20}|(?:start|watch|play) again|(?:view )?more galleries)\W*",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\W*(?:sign up (?:for|to|here|now|today)|subscribe (?:to|now|for|here|today)|follow (?:us|\S+ on|@|the latest|[\w ]{1,30} on (?:twitter|facebook|x|instagram|telegram|whatsapp|google))|like us on|join (?:our|us on)|get (?:the latest|our|all the|breaking|the day|the morning|[\w ]{1,30} (?:in|to|straight to) your inbox)|click here|tap here|download (?:our|the) (?:free )?app|for (?:more|the latest|all the latest|breaking|up-to-date) (?:news|stories|information|updates|on|coverage)\b.{0,60}(?:visit|follow|click|sign|subscribe|download|go to|see)|stay (?:up to date|informed|updated|connected)|never miss|don['’]t miss|already (?:a subscriber|have an account|registered)|to (?:continue|keep) reading|support (?:our|independent|quality) journalism|become a (?:member|subscriber|supporter)|tags?\s*:|topics?\s*:|filed under|posted in|categor(?:y|ies)\s*:|keywords?\s*:|share (?:this|on|via)\b|print this|e-?mail this|send (?:us )?(?:your )?(?:tips|feedback|comments)|have (?:a|something to).{0,40}(?:tip|share|say)|do you have .{0,60}(?:e-?mail|contact)|contact the (?:author|writer|reporter)|reach (?:him|her|the reporter|us) at|views expressed (?:in|here|by)|the (?:views|opinions) expressed|listen to (?:this|the) (?:article|story)|watch the (?:video|full)|(?:hear|listen to|find|read|get|watch) more\b.{0,40}\b(?:on|in|with) (?:the|our)\b.{0,40}\bapp\b|thank you for (?:reading|subscribing|registering)|your browser does(?: not|n['’]t) support|loaded: \d+%|(?:our|this|[\w ]{1,30}) (?:web)?site contains only (?:a (?:portion|part)|some) of|(?:please )?contact us for subscription|(?:reach|contact|e-?mail|follow|write to) (?-i:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}) (?:at|on|via|by)\b.{0,60}(?:\d{3}|@|twitter|facebook))",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"(?:we|our partners|(?:this|our) (?:web)?site|by (?:continuing|using|clicking))\b.{0,120}\bcookies?\b|\bcookie (?:policy|settings|preferences|notice)\b",
    re.IGNORECASE | re.DOTALL,
)
_PHOTO_START = re.compile(
    r"\W*(?:(?:file|courtesy|handout|archive|undated) )?(?:photos?|photograph|images?|pictures?|pic|illustration|graphic|map|photo credit|picture credit|image credit|image source|photo source|photograph credit|credit|caption|video|photo courtesy|in (?:this|the) (?:photo|picture|image|file photo))\s*(?:credits?|courtesy|by)?\s*(?:[:|/©]|by\s+[A-Z]|courtesy)",
    re.IGNORECASE,
)
_PHOTO_END = re.compile(
    r"(?:[(\[](?:[^()\[\]]{0,60}\b)?(?:photo|image|picture|file|pool|handout|getty|reuters|ap|afp|epa|credit|courtesy)\b[^()\[\]]{0,60}[)\]]|(?:photo|image|picture|photograph|credit|pic)s?\s*(?::|by|/|©|courtesy)\s*[^.]{2,60}|(?<=[a-z])/(?:getty images|reuters|afp|ap|epa|shutterstock|epa-efe|alamy|file|pool)|\bgetty images|file photo|\[[^\[\]]{0,60}/(?:reuters|afp|ap|epa|getty[^\]]{0,20}|file[^\]]{0,20})\])\W*$",
    re.IGNORECASE,
)
_AP_PHOTO = re.compile(r"\((?:AP|AFP|EPA|Reuters|Getty|Pool)[^()]{0,30}(?:Photo|/)[^()]{0,60}\)\W*$", re.IGNORECASE)
_PICTURE = re.compile(r"phot|pic|imag|illustr|graphic|credit|caption|video|getty|file|courtesy|/", re.IGNORECASE)
_LABEL_WORDS = r"(?:(?:MR|MS|MRS|MISS|DR|SIR|LORD|SEC|AMB|GEN|PRES|MIN|Mr|Ms|Mrs|Dr)\.? )?"
_SPEAKER = re.compile(
    rf"(?:{_LABEL_WORDS}[A-ZÀ-Þ][A-ZÀ-Þ.’'()\d-]*(?:[ ,]+[A-ZÀ-Þ(][A-ZÀ-Þ.’'()\d-]*){{0,7}}|(?:Question|Answer|Q|A|Moderator|Interviewer|(?:Mr|Ms|Mrs|Dr|Foreign Secretary|Prime Minister|President|Secretary(?: of State)?|Minister|Ambassador|Spokes\w+|Foreign Minister)\.? [A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?))(?:\s*\([^()]{{1,50}}\))?\s*[:.]"
)
_BIOGRAPHY = re.compile(
    rf"{_NAME}(?: {_NAME}){{1,3}} (?:is|was|covers|reports|writes|has (?:covered|reported|written)|joined|contributed|works)\b.{{0,200}}\b(?:correspondent|reporter|editor|writer|journalist|columnist|bureau|newsroom|for (?:the|this) (?:paper|newspaper|site|agency)|fellow at)\b.*",
    re.DOTALL,
)
_PAYWALL = re.compile(
    r"(?:subscribe|sign up|register|log ?in|sign ?in|become a (?:member|subscriber)|start your (?:free )?trial|buy (?:a|this|full))\b.{0,60}\b(?:to (?:continue|keep|read|access|unlock|view|finish)|for (?:full|unlimited) access|reading)"
    r"|to (?:continue|keep|go on) reading|to (?:read|see|view) (?:this|the) (?:full|rest|whole|entire|complete)\b.{0,40}\b(?:subscribe|sign in|log in|register|pay)|(?:this|the (?:full|rest of (?:this|the)|complete)) (?:article|story|content|report|text|analysis)\b.{0,60}\b(?:is |are )?(?:only )?(?:available |reserved |exclusive(?:ly)? |open )?(?:only )?(?:for|to|by|behind)\b.{0,30}(?:subscribers?|members?|paywall)"
    r"|subscribers?[ -]only|members?[ -]only|(?:exclusive|reserved) (?:for|to) (?:our )?(?:subscribers|members)|unlock (?:this|the full) (?:article|story)|already a subscriber|you(?:['’]ve| have) (?:read|reached|used) (?:all )?(?:your|\w+)\b.{0,30}\b(?:free|monthly|article limit|limit)|remaining (?:text|paragraphs).{0,30}subscrib",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE_END = re.compile(r"[.!?:…][\"”’'»)\]]*$")


def ends_sentence(text: str) -> bool:
    """Whether words end as prose does."""
    return _SENTENCE_END.search(text) is not None


def asks_to_pay(text: str) -> bool:
    """Whether words say that the rest is for those who pay or log in."""
    return _PAYWALL.search(text) is not None


def opens_wall(text: str) -> bool:
    """Whether a short line is the head of an offer that stands where the rest of a report would."""
    match = _PAYWALL.search(text) if len(text.split()) <= _WALL_WORDS else None
    return match is not None and match.start() <= 3


def says_who_and_when(text: str) -> bool:
    """Whether a line gives names, places and a date beside each other, as bylines do that lack the word "by"."""
    text = _READING.sub(" ", text)
    if len(text) > 200 or ends_sentence(text) or not re.search(rf"{_DAY}|{_AGO}", text, re.IGNORECASE):
        return False
    names = re.findall(r"[^\W\d]+(?:[.’'-][^\W\d]+)*", _STAMP_PART.sub(" ", text))
    return len(names) <= _BYLINE_WORDS and all(name[0].isupper() or name in _BYLINE_SMALL for name in names)


def is_speaker_label(text: str) -> bool:
    """Whether words only say who speaks next, such as ``MR. PRICE:``."""
    return len(text) < 90 and _SPEAKER.fullmatch(text) is not None


def is_turn(text: str) -> bool:
    """Whether words begin with who speaks."""
    return _SPEAKER.match(text) is not None or is_speaker_label(text.split("\n", 1)[0])


def is_time_stamp(text: str) -> bool:
    """Whether a line only says when the page was published or changed."""
    if len(text) > 140:
        return False
    if not any(character.isdigit() or character == "d" for character in text):
        return bool(re.fullmatch(r"\W*(?:just now|an hour ago|yesterday|today)\W*", text, re.IGNORECASE))
    if _STAMP_CORE.search(text) and _STAMP.fullmatch(text):
        return True
    return len(text.split()) <= 16 and _LABELLED_STAMP.fullmatch(text) is not None


def is_byline(text: str) -> bool:
    """Whether a line only says who wrote."""
    if len(text) > 160:
        return False
    return _BYLINE.fullmatch(text) is not None or _STAFF.fullmatch(text) is not None


def is_credit(text: str) -> bool:
    """Whether a line says whose work the report is: reporters, editors, agencies, the rights to it."""
    words = len(text.split())
    if words > 70:
        return False
    if _COPYRIGHT.fullmatch(text) or (_RIGHTS.search(text) and words < 50) or _CREDIT.match(text):
        return True
    return len(text) < 60 and (
        _AGENCY_ONLY.fullmatch(text) is not None or re.fullmatch(r"[(\[]?(?:ends?|ENDS)[)\]]?\W*", text) is not None
    )


def without_credit(text: str) -> str:
    """The last paragraph without the agency that it ends with."""
    return _AGENCY_END.sub("", text)


def is_caption(text: str) -> bool:
    """Whether a line speaks of a picture beside it."""
    words = len(text.split())
    if words > 80 or not _PICTURE.search(text):
        return False
    return bool(_AP_PHOTO.search(text) or (words <= 45 and (_PHOTO_START.match(text) or _PHOTO_END.search(text))))


def names_related(text: str) -> bool:
    """Whether a line is the label of a list of other reports."""
    return len(text) < 80 and _RELATED_LABEL.fullmatch(text) is not None


def closes_report(text: str) -> bool:
    """Whether a line is the label of what follows a report: comments, its author, a newsletter."""
    return len(text) < 120 and _CLOSING_LABEL.fullmatch(text) is not None


def is_chrome(text: str) -> bool:
    """Whether a line is a label, a call to the reader, or a notice of the site's, whatever stands around it."""
    words = len(text.split())
    if words <= 9 and _LABEL.fullmatch(text):
        return True
    if words <= 40 and (_PREFIXED.fullmatch(text) or _CALL.match(text)):
        return True
    return words <= 90 and "ookie" in text and _COOKIES.search(text) is not None


def is_biography(text: str) -> bool:
    """Whether a last line introduces its writer."""
    return len(text.split()) <= 70 and _BIOGRAPHY.fullmatch(text) is not None
