"""What stands at a report's head before its prose: dates, places, bylines, front matter."""

import pytest

from entente.records import Incoming
from entente.reports.prepare import prepare
from entente.reports.written_dates import normalise_published


def prepared(text, **fields):
    return prepare(Incoming(text=text, origin="test", source_id="test", **fields))


HEADS = [
    ("Kabul (Pajhwok) Peru met Chile.", None, "Kabul", "Peru met Chile."),
    ("KABUL (Pajhwok): Peru met Chile.", None, "KABUL", "Peru met Chile."),
    ("(AP) Peru met Chile.", None, None, "Peru met Chile."),
    ("(AFP) – Peru met Chile.", None, None, "Peru met Chile."),
    ("ISLAMABAD: February 24, 2023\nPeru met Chile.", "2023-02-24", "ISLAMABAD", "Peru met Chile."),
    ("Islamabad, 24 February 2023\n\nPeru met Chile.", "2023-02-24", "Islamabad", "Peru met Chile."),
    ("24/02/2023\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("02/24/2023\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("05/04/2024\nPeru met Chile.", None, None, "Peru met Chile."),
    ("04.04.2024\nPeru met Chile.", "2024-04-04", None, "Peru met Chile."),
    ("Date: 05/04/2024\nPeru met Chile.", None, None, "Peru met Chile."),
    ("LONDON, (Reuters) - Peru met Chile.", None, "LONDON", "Peru met Chile."),
    ("NEW DELHI/ISLAMABAD (Reuters) - Peru met Chile.", None, "NEW DELHI/ISLAMABAD", "Peru met Chile."),
    ("By Jane Doe | The Daily | Feb 24, 2023\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    (
        "Published on: Feb 24, 2023 | Updated on: Feb 25, 2023 10:00 PM\nPeru met Chile.",
        "2023-02-24",
        None,
        "Peru met Chile.",
    ),
    ("Updated: Feb 25, 2023\nPublished: Feb 24, 2023\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("Last updated Feb 25, 2023\n\nPeru met Chile.", "2023-02-25", None, "Peru met Chile."),
    ("Friday, 24 February 2023 14:05 GMT\nPeru met Chile.", "2023-02-24T14:05:00+00:00", None, "Peru met Chile."),
    ("Friday, 24 February 2023 2:05 pm PKT\nPeru met Chile.", "2023-02-24T14:05:00+05:00", None, "Peru met Chile."),
    ("24 February 2023, 14:05 IST\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("14:05 CET, 24 February 2023\nPeru met Chile.", "2023-02-24T14:05:00+01:00", None, "Peru met Chile."),
    ("2023-02-24T14:05:00+05:30\nPeru met Chile.", "2023-02-24T14:05:00+05:30", None, "Peru met Chile."),
    ("2023-02-24 14:05 UTC\nPeru met Chile.", "2023-02-24T14:05:00+00:00", None, "Peru met Chile."),
    ("Feb 24, 2023 at 5:30 p.m. EST\nPeru met Chile.", "2023-02-24T17:30:00-05:00", None, "Peru met Chile."),
    ("Press Release No. 12/2023\n\nPeru met Chile.", None, None, "Peru met Chile."),
    ("PRESS RELEASE\n24 February 2023\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("Press Release, 24 February 2023\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("PR/112/2023\nPeru met Chile.", None, None, "Peru met Chile."),
    ("No. 45/2023\n24.02.2023\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("For Immediate Release\n\nPeru met Chile.", None, None, "Peru met Chile."),
    ("FOR IMMEDIATE RELEASE: February 24, 2023\n\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("Embargoed until 14:00 GMT, 24 February 2023\nPeru met Chile.", None, None, "Peru met Chile."),
    ("Washington, DC\nFebruary 24, 2023\n\nPeru met Chile.", "2023-02-24", "Washington, DC", "Peru met Chile."),
    ("Lima, Peru\n24 February 2023\n\nPeru met Chile.", "2023-02-24", "Lima, Peru", "Peru met Chile."),
    ("Geneva\n24 February 2023\nPeru met Chile.", "2023-02-24", "Geneva", "Peru met Chile."),
    ("24 February 2023, Geneva\nPeru met Chile.", "2023-02-24", "Geneva", "Peru met Chile."),
    ("Lima - 24 February 2023\nPeru met Chile.", "2023-02-24", "Lima", "Peru met Chile."),
    ("By Ana Rojas and Luis Moyo in Lima\nPeru met Chile.", None, None, "Peru met Chile."),
    ("By Ana Rojas, Staff Writer\nPeru met Chile.", None, None, "Peru met Chile."),
    ("BY ANA ROJAS\nLima Daily | 24 Feb 2023 | 3 min read\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("By Ana Rojas • Feb. 24, 2023 • 14:05 GMT\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("Published 24 February 2023\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("Posted on February 24, 2023 by Ana Rojas\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("24-Feb-2023\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("2023/2/24\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("[24 February 2023]\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("Friday 24th of February, 2023\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("24 Feb 2023 (Friday)\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("Photo: Ana Rojas/AFP\nLIMA, Feb 24 (AFP) - Peru met Chile.", None, "LIMA", "Peru met Chile."),
    (
        "Share\nTweet\n3 min read\nAdvertisement\nPrint\nComments\nSave\nListen\nMenu\n24 February 2023\nPeru met Chile.",
        "2023-02-24",
        None,
        "Peru met Chile.",
    ),
    (
        '---\ntitle: "Talks in Lima"\ndate: 2023-02-24\ntags:\n  - peru\n---\nPeru met Chile.',
        "2023-02-24",
        None,
        "Peru met Chile.",
    ),
    (
        "---\ntitle: Talks\ndate: 2023-02-24T10:00:00+05:00\nauthor: Ana\n---\n\nPeru met Chile.",
        "2023-02-24T10:00:00+05:00",
        None,
        "Peru met Chile.",
    ),
    ("---\nPublished: 24 Feb 2023 # checked\n---\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
    ("LIMA, Peru, Feb. 24, 2023 /PRNewswire/ -- Peru met Chile.", "2023-02-24", "LIMA", "Peru met Chile."),
    ("PARIS, 24 février - Peru met Chile.", None, None, "PARIS, 24 février - Peru met Chile."),
    # What only looks like a head
    ("3 May 2021 was a dark day for Peru.", None, None, "3 May 2021 was a dark day for Peru."),
    (
        "Dated 3 May 2021, the letter asks Peru to leave.",
        None,
        None,
        "Dated 3 May 2021, the letter asks Peru to leave.",
    ),
    ("Published in 2021, the note angered Peru.", None, None, "Published in 2021, the note angered Peru."),
    (
        "Released on 3 May 2021 the prisoners went home to Peru.",
        None,
        None,
        "Released on 3 May 2021 the prisoners went home to Peru.",
    ),
    ("Washington, DC\n\nPeru met Chile.", None, None, "Washington, DC"),
    ("Talks in Lima\n24 February 2023\nPeru met Chile.", "2023-02-24", None, "Talks in Lima"),
    ("Foreign Minister (FM) Rojas met Chile.", None, None, "Foreign Minister (FM) Rojas met Chile."),
    (
        "On September 30–October 1 the ministers met in Lima.",
        None,
        None,
        "On September 30–October 1 the ministers met in Lima.",
    ),
    ("By Monday Peru had left.", None, None, "By Monday Peru had left."),
    ("By Ana Rojas’s account, Peru left.", None, None, "By Ana Rojas’s account, Peru left."),
    ("---\n\nPeru met Chile: they agreed.\n\n---\n\nThey left.", None, None, "Peru met Chile: they agreed."),
    ("Press releases were sent to Peru.", None, None, "Press releases were sent to Peru."),
    ("12/2023 was the number of the note to Peru.", None, None, "12/2023 was the number of the note to Peru."),
    ("Lima, Peru and Chile agreed.", None, None, "Lima, Peru and Chile agreed."),
    ("Peru | Chile ties grow", None, None, "Peru | Chile ties grow"),
    ("Update on Peru - talks go on\nPeru met Chile.", None, None, "Update on Peru - talks go on"),
    (
        "Washington, 24 February 2023 was cold, and Peru said so.",
        None,
        None,
        "Washington, 24 February 2023 was cold, and Peru said so.",
    ),
    ("14:05 was the hour at which Peru signed.", None, None, "14:05 was the hour at which Peru signed."),
    ("Reuters (London) said that Peru had left.", None, None, "Reuters (London) said that Peru had left."),
    ("Embargoed goods were found in Lima.", None, None, "Embargoed goods were found in Lima."),
]


@pytest.mark.parametrize(("text", "published", "place", "first"), HEADS)
def test_head_gives_date_and_place_and_is_no_prose(text, published, place, first):
    ready = prepared(text)
    kept = ready.report.text
    assert ready.report.published == published
    assert (ready.place and kept[ready.place.start : ready.place.end]) == place
    assert kept[ready.sentences[0].start : ready.sentences[0].end] == first


def test_front_matter_gives_the_title_where_nobody_else_does():
    text = "---\ntitle: 'Talks in Lima'\ndate: 2023-02-24\n---\n\nPeru met Chile."
    assert prepared(text).report.title == "Talks in Lima"
    assert prepared(text, title="Given").report.title == "Given"


def test_date_given_with_the_report_wins_over_front_matter():
    text = "---\ndate: 2023-02-24\n---\nPeru met Chile."
    assert prepared(text, published="2024-01-01").report.published == "2024-01-01"


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("24/02/2023", "2023-02-24"),
        ("05/04/2024", None),
        ("2016/6/29 15:07:41", "2016-06-29"),
        ("24 February 2023 2:05 PM GMT", "2023-02-24T14:05:00+00:00"),
        ("24 February 2023 12:05 am UTC+5", "2023-02-24T00:05:00+05:00"),
        ("Friday, 24 February 2023 14:05 BST", "2023-02-24"),
        ("Fri, 24 Feb 2023 14:05 -0000", "2023-02-24T14:05:00+00:00"),
        ("24 February 2023 25:05 GMT", "2023-02-24"),
        ("31/31/2023", None),
        ("31 February 2023", None),
    ],
)
def test_time_counts_only_in_a_zone_that_is_certain_and_figures_only_in_one_order(given, published):
    assert normalise_published(given) == published
