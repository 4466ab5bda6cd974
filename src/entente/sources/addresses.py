"""The one address of a web page, whatever a feed, a newsletter or a search engine has hung on it."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import SplitResult, quote, unquote, urlsplit

__all__ = ["clean_address", "has_scheme", "is_web_address", "unwrapped", "without_password"]

_DEFAULT_PORTS = {"http": 80, "https": 443}

# Names of query parameters that say how a reader came to a page, never which page it is; all in lower case.
_TRACKING_NAMES = {
    "campaign marks of analytics programs": (
        "_ga _gl cmp cmpid campaign_id icid intcid ncid ocid s_cid xtor wt.mc_id wt_mc wtmc mc_cid mc_eid mkt_tok trk vero_id"
    ),
    "click numbers that social networks, advertisers and search engines add": (
        "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh li_fat_id "
        "fb_action_ids fb_action_types fb_ref fb_source __twitter_impression ref_src ref_url share_id"
    ),
    "marks of one publisher each, for its own feeds, mails and share buttons": (
        "smid smtyp emc feedtype feedname maca ftag ito mbid srnd taid traffic_source sref sr_share ns_mchannel "
        "ns_source ns_campaign ns_linkname ns_fee"
    ),
    "the number of one visit": "phpsessid jsessionid aspsessionid",
}
_TRACKING = frozenset(name for names in _TRACKING_NAMES.values() for name in names.split())
_TRACKING_PREFIXES = (
    "utm_",  # Google Analytics and all that follow it
    "at_",  # AT Internet
    "mtm_",  # Matomo
    "pk_",  # Matomo, formerly Piwik
    "hsa_",  # HubSpot
    "_hs",  # HubSpot
    "oly_",  # Omeda
)
# These names may also say which page (a branch, a category): they go only where the value says how the reader came.
_SOMETIMES_TRACKING = frozenset({"ref", "referrer", "src", "source", "from", "partner", "medium", "via"})
_CHANNELS = frozenset(
    "rss atom feed feeds rssfeed rss_feed rss-feed feedburner twitter t.co facebook fb linkedin reddit whatsapp telegram "
    "instagram social share sharing shared newsletter email e-mail mail google googlenews google-news googlenewsapp "
    "push alert alerts homepage".split()
)
_VISIT_IN_PATH = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)

# Parameters in which a redirector carries the address that it leads to.
_TARGETS = ("url", "u", "to", "target", "dest", "destination", "goto", "redirect", "redirect_url")
# What stands last in the path of a page that is about another address instead of leading to it.
_NOT_REDIRECTORS = frozenset(
    "translate translate_c oembed embed proxy login signin signup register share sharer sharer.php intent submit search "
    "api check validate validator preview feed feeds rss atom cache save archive print screenshot image img resize thumb "
    "thumbnail widget player lookup whois report".split()
)

_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_DOTS = str.maketrans("。．｡", "...")  # the full stops of other scripts part the labels of a host too (RFC 3490)


def clean_address(url: str) -> str:
    """The one address of a page: cleaning it again changes nothing.

    Scheme and host are in lower case, names in other scripts in their ASCII form; the default port, credentials,
    the fragment (``#!`` is kept: it names a page) and an empty query are gone, so are parameters that only track the
    reader. A redirector's address becomes the one it leads to. Dot segments are resolved and percent-encoding is as in
    RFC 3986, section 6.2.2. The order of parameters and a closing slash stay, as both may matter to the server.

    Parameters
    ----------
    url : str
        An address as typed, linked or declared.

    Returns
    -------
    str
        The address, or the stripped text where it is no http or https address.
    """
    text = unwrapped(url)
    parts = _parse(text)
    return text if parts is None else _assembled(parts)


def unwrapped(url: str) -> str:
    """The address that a redirector's address leads to, as it is written there; any other, stripped."""
    text = url.strip()
    while (parts := _parse(text)) is not None and (target := _target(parts)) is not None:
        text = target
    return text


def is_web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host that can be one."""
    return _parse(text.strip()) is not None


def has_scheme(text: str) -> bool:
    """Whether a text is meant as an address, be it a wrong one or of a kind that is not fetched (``ftp://…``)."""
    return _SCHEME.match(text.strip()) is not None


def without_password(url: str) -> str:
    """An address as typed without a password in it, which is nobody's business in a message or in the store."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    if "@" not in parts.netloc:
        return url
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _parse(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        if parts.scheme not in _DEFAULT_PORTS or _host(parts) is None:
            return None
        parts.port  # noqa: B018 - raises where it is no port
    except ValueError:
        return None
    return parts


def _host(parts: SplitResult) -> str | None:
    """The host in ASCII and lower case, an IPv6 address in brackets; None where it cannot be one."""
    host = parts.hostname or ""
    if "[" in parts.netloc:
        try:
            return f"[{ipaddress.IPv6Address(host).compressed}]"
        except ValueError:
            return None
    labels = _folded(host.translate(_DOTS)).removesuffix(".").split(".")
    try:
        labels = [label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels]
    except UnicodeError:
        return None
    return ".".join(labels) if all(_LABEL.fullmatch(label) for label in labels) else None


def _folded(name: str) -> str:
    """A host's name as one of all the ways to write it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).lower())


def _target(parts: SplitResult) -> str | None:
    """The address that a redirector's address carries, None where it is the address of a page."""
    last = parts.path.rstrip("/").rpartition("/")[2].lower()
    if last in _NOT_REDIRECTORS:
        return None
    values = {name.lower(): value for name, value in map(_name_and_value, reversed(_pieces(parts.query)))}
    names: Iterable[str] = _TARGETS
    if last == "url" and re.fullmatch(r"(?:www\.|news\.)?google\.[a-z.]+", parts.hostname or ""):
        names = ("q", *_TARGETS)
    return next((values[name].strip() for name in names if name in values and is_web_address(values[name])), None)


def _assembled(parts: SplitResult) -> str:
    host = _host(parts)
    port = f":{parts.port}" if parts.port not in (None, _DEFAULT_PORTS[parts.scheme]) else ""
    path = _without_dots(_VISIT_IN_PATH.sub("", _encoded(parts.path, "/:@!$&'()*+,;=")))
    pieces = [_encoded(piece, "/?:@!$'()*+,;=") for piece in _pieces(parts.query) if not _is_tracking(piece)]
    query = f"?{'&'.join(pieces)}" if pieces else ""
    fragment = "#" + _encoded(parts.fragment, "/?:@!$&'()*+,;=") if parts.fragment.startswith("!") else ""
    return f"{parts.scheme}://{host}{port}{path}{query}{fragment}"


def _pieces(query: str) -> list[str]:
    return [piece for piece in query.split("&") if piece]


def _name_and_value(piece: str) -> tuple[str, str]:
    name, _, value = piece.partition("=")
    return unquote(name), unquote(value)


def _is_tracking(piece: str) -> bool:
    name, value = (part.strip().casefold() for part in _name_and_value(piece))
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return True
    return name in _SOMETIMES_TRACKING and value in _CHANNELS


def _encoded(text: str, allowed: str) -> str:
    """A part of an address with the one way to write each character of it."""

    def written(match: re.Match[str]) -> str:
        if match[1] is None:
            return "%25"
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else match[0].upper()

    return quote(_PERCENT.sub(written, text), safe=f"{allowed}%~", errors="surrogatepass")


def _without_dots(path: str) -> str:
    """A path with ``.`` and ``..`` resolved (RFC 3986, section 5.2.4); the empty one is that of the host's first page."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for number, segment in enumerate(segments, start=1):
        if segment == ".." and kept:
            kept.pop()
        if segment not in (".", ".."):
            kept.append(segment)
        elif number == len(segments):
            kept.append("")
    return "/" + "/".join(kept)
