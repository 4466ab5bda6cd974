"""Faults of page readers that users reported, as kinds: each with pages of our own, what their text holds and lacks."""

import pytest

from entente.records import Document
from entente.reports.pages import extract_page

SECOND = "A second round is planned for the autumn in the same hall, said Piet Vrancken, who keeps the minutes."
THIRD = "Neither side wished to say who will pay for the translators, of whom there were eleven in the room."

INLINE = [
    (
        f"<article><h1>Ozolina in Riga</h1><p>Latvia's <nobr>Interior Minister</nobr> <nobr>Ilze Ozolina</nobr> received <nobr>three envoys</nobr> from Malta.</p><p>{SECOND}</p></article>",
        ["Latvia's Interior Minister Ilze Ozolina received three envoys from Malta."],
    ),
    (
        f"<div><h1>Loan for Lusaka</h1><p><span class=place>Zambia</span> will get <data value=40>40</data>&nbsp;<abbr title=million>mn</abbr> euros from <x-actor>Norway</x-actor>'s <em>Aid</em><b>fund</b>.</p><p>{SECOND}</p></div>",
        ["Zambia will get 40 mn euros from Norway's Aidfund."],
    ),
    (
        f"<main><h1>Talks in Bern</h1><p>Switz&shy;er&shy;land's Foreign<wbr> Office said <a href=/x>Ruth <mark>Amsler</mark></a> would <u>not</u> travel to Minsk<sup><a href='#n'>2</a></sup>.</p><p>{SECOND}</p></main>",
        ["Switzerland's Foreign Office said Ruth Amsler would not travel to Minsk."],
    ),
]
RELATED = [
    "<div class=read-on><h2>Read also</h2><ul><li><a href=1>Chad shuts its border with Niger</a></li><li><a href=2>Peru recalls its envoy from Quito</a></li></ul></div>",
    "<h3>More on this story</h3><p><a href=1>Chad shuts its border with Niger</a></p><p><a href=2>Peru recalls its envoy from Quito</a></p>",
    "<section><h4>Don’t miss</h4><div><a href=1><img src=1></a><div><a href=1>Chad shuts its border with Niger</a></div></div>"
    "<div><a href=2><img src=2></a><div><a href=2>Peru recalls its envoy from Quito</a><p>He is to be home by Friday, the ministry said.</p></div></div></section>",
]
LEADS = [
    "<div class=teaser>{lead}</div><div class=body>{rest}</div>",
    "<header><h2 class=standfirst>{lead}</h2></header><div class=article-text>{rest}</div>",
    "<div class='intro summary-box'><p><strong>{lead}</strong></p></div><section class=content>{rest}</section>",
]
OLD_PAGES = [
    ("Malta’s “goodwill” visit — a café, a prélude — pleased Tirana’s mayor.", ""),
    (
        "“Não,” said João Lemos – the envoy’s answer to Señor Ibáñez.",
        "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>",
    ),
    ("The ‘frozen’ accounts … hold €40m, Zoë Brandt’s office said.", "<meta charset=utf-8>"),
]


def text_of(markup, encoding="utf-8"):
    return extract_page(Document(content=markup.encode(encoding), media="page", origin="p", source_id="p")).text


@pytest.mark.parametrize(("markup", "contained"), INLINE)
def test_inline_markup_does_not_drop_the_words_inside_it(markup, contained):
    text = text_of(f"<html><body>{markup}</body></html>")
    assert all(words in text for words in contained)


@pytest.mark.parametrize("box", RELATED)
def test_headlines_of_other_stories_are_not_in_the_text(box):
    first = "Gabon's trade minister met a Chilean copper mission in Libreville and spoke of a smelter on the coast."
    text = text_of(
        f"<html><body><article><h1>Copper mission in Gabon</h1><p>{first}</p><p>{SECOND}</p>{box}</article></body></html>"
    )
    assert text == f"{first}\n\n{SECOND}"


@pytest.mark.parametrize("form", LEADS)
def test_lead_in_a_box_of_its_own_is_text(form):
    lead = "Iceland's fisheries minister apologised in Tórshavn on Friday for the ramming of a Faroese trawler."
    inner = form.format(lead=lead, rest=f"<p>{SECOND}</p><p>{THIRD}</p>")
    text = text_of(f"<html><body><article><h1>Apology in Tórshavn</h1>{inner}</article></body></html>")
    assert text == f"{lead}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(("words", "declaration"), OLD_PAGES)
def test_quotation_marks_of_old_pages_survive(words, declaration):
    text = text_of(
        f"<html><head>{declaration}</head><body><h1>Visit</h1><p>{words}</p><p>{SECOND}</p></body></html>", "cp1252"
    )
    assert text == f"{words}\n\n{SECOND}"
