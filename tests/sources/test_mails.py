"""Mails and mailboxes: whose text it is, what it says, and what is hung on it."""

import gzip
import html
import tracemalloc
from email.message import EmailMessage

import pytest

from entente.records import Document, Failure, Incoming
from entente.reports.extract import extract
from entente.sources.files import read_inputs

TREATY = "Peru and Chile signed a treaty on fishing in Lima on Monday, the ministry said in a note to reporters."


@pytest.fixture
def read(tmp_path):
    def read(content, name="a.eml"):
        path = tmp_path / name
        path.write_bytes(bytes(content))
        return list(read_inputs([str(path)]))

    return read


def mail(text=TREATY, **headers):
    message = EmailMessage()
    given = {"From": "Press Office <press@mfa.example>", "Subject": "Treaty", "Date": "Tue, 21 May 2024 06:00:00 +0200"}
    for name, value in (given | headers).items():
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text)
    return message


def test_mail_is_a_report_with_its_subject_sender_and_date(read, tmp_path):
    (report,) = read(mail(Message_ID="<7@mfa.example>"))
    assert report == Incoming(
        text=TREATY,
        origin=str(tmp_path / "a.eml"),
        source_id="7@mfa.example",
        title="Treaty",
        publisher="Press Office",
        published="Tue, 21 May 2024 06:00:00 +0200",
    )


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Fwd: [PRESS] Re: Treaty signed", "Treaty signed"),
        ("AW: RE[2]: Treaty signed", "Treaty signed"),
        ("Reform of the pact", "Reform of the pact"),
        ("Traité signé à Lima — « enfin »", "Traité signé à Lima — « enfin »"),
        ("[PRESS]", "[PRESS]"),
    ],
)
def test_subject_without_the_marks_of_replies_and_lists_is_the_title(read, subject, title):
    assert read(mail(Subject=subject))[0].title == title


@pytest.mark.parametrize(
    ("sender", "publisher"),
    [
        ("press@mfa.example", "mfa.example"),
        ('"Office, Press" <press@mfa.example>', "Office, Press"),
        ("Außenamt <press@mfa.example>", "Außenamt"),
    ],
)
def test_sender_is_the_publisher(read, sender, publisher):
    assert read(mail(From=sender))[0].publisher == publisher


def test_signature_and_list_note_are_kept_out_of_the_text_and_can_be_seen(read):
    note = (
        "_______________________________________________\nNews mailing list\nTo unsubscribe write to news@mfa.example"
    )
    (report,) = read(mail(f"{TREATY}\n\n{note}\n-- \nPress Office\n+51 1 555 0100\n"))
    assert report.text == TREATY
    assert "unsubscribe" in report.whole
    assert "+51 1 555 0100" in report.whole


def test_quoted_mail_is_not_told_again_by_its_answer(read):
    words = (
        "The ministry adds that parliament in Santiago has to agree before the treaty is in force, which takes time."
    )
    quoted = f"On Tue, 21 May 2024, Press Office wrote:\n\n> {TREATY}\n> It has ten articles."
    (report,) = read(mail(f"{words}\n\n{quoted}\n"))
    assert report.text == words
    assert TREATY in report.whole


def test_forwarded_report_is_the_text_without_the_headers_around_it(read):
    around = "---------- Forwarded message ---------\nFrom: Press Office <press@mfa.example>\nDate: Tue, 21 May 2024\nSubject: Treaty\nTo: all\n"
    (report,) = read(mail(f"FYI\n\n{around}\n> {TREATY}\n"))
    assert "Forwarded" not in report.text
    assert "Subject:" not in report.text
    assert TREATY in report.text


HEADERS = {
    "From": "Foreign Ministry <news@mfa.example>",
    "Sent": "Monday, 20 May 2024 18:02",
    "To": "Desk",
    "Subject": "Treaty",
}


def passed_on(note, form):
    lines = [f"{name}: {value}" for name, value in HEADERS.items()]
    if form == "plain":
        return mail("\n\n".join([note, "-----Original Message-----\n" + "\n".join(lines), TREATY]))
    heads = [html.escape(line).replace(":", ":</b>", 1) for line in lines]
    block = "<div><p><b>" + "<br><b>".join(heads) + "</p></div>"
    if form == "html, apart":
        block = "".join(f"<div><b>{line}</div>" for line in heads)
    message = mail(None)
    message.set_content(
        f"<html><p>{note}</p>{block}<p>{TREATY}</p><p>You are receiving this because you asked. Unsubscribe</p></html>",
        subtype="html",
    )
    return message


@pytest.mark.parametrize("form", ["plain", "html", "html, apart"])
def test_report_that_is_passed_on_is_told_by_whom_and_from_the_day_that_it_was_sent(read, form):
    (found,) = read(passed_on("Please see below.", form))
    report = extract(found) if isinstance(found, Document) else found
    assert report.text.split() == ["Please", "see", "below.", *TREATY.split()]
    assert (report.publisher, report.published) == ("Foreign Ministry", "20 May 2024")
    assert HEADERS["Sent"] in report.whole


def test_answer_of_some_length_keeps_its_own_sender_and_day(read):
    (report,) = read(passed_on("Bolivia will not like this. " * 6, "plain"))
    assert (report.publisher, report.published) == ("Press Office", "Tue, 21 May 2024 06:00:00 +0200")


@pytest.mark.parametrize(
    ("sender", "sent", "publisher", "published"),
    [
        ("press@mfa.example", "Mon, May 20, 2024 at 6:02 PM", "mfa.example", "May 20, 2024"),
        ("Clerk, Ana [mailto:ana@mfa.example]", "2024-05-20 18:02", "Clerk, Ana", "2024-05-20"),
        ("Press", "Montag, 20. Mai 2024", "Press", "Tue, 21 May 2024 06:00:00 +0200"),
    ],
)
def test_headers_of_a_mail_passed_on_are_read_in_many_forms(read, sender, sent, publisher, published):
    (report,) = read(mail(f"> From: {sender}\n> *Date:* {sent}\n>\n> Subject: Treaty\n>\n> {TREATY}\n"))
    assert (report.publisher, report.published, report.text) == (publisher, published, TREATY)


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\n\r\n"])
def test_mail_that_begins_with_a_mark_or_blank_lines_is_read(read, before):
    (report,) = read(before + mail().as_bytes())
    assert (report.text, report.title) == (TREATY, "Treaty")


def test_flowed_lines_are_joined(read):
    raw = (
        b"From: a@example.org\nContent-Type: text/plain; format=flowed\n\nPeru and Chile \nmet in \nLima.\n\n"
        b" From Quito came nobody.\n-- \nA. Clerk\n"
    )
    (report,) = read(raw)
    assert report.text == "Peru and Chile met in Lima.\n\nFrom Quito came nobody."


def test_page_is_read_where_the_plain_text_only_points_at_it(read):
    message = mail("Your program shows no HTML.")
    message.add_alternative(f"<html><body><p>{TREATY}</p></body></html>", subtype="html")
    (document,) = read(message)
    assert (document.media, document.charset, document.title) == ("mail", "utf-8", "Treaty")
    assert TREATY.encode() in document.content


def test_plain_text_is_read_where_it_is_the_same(read):
    message = mail()
    message.add_alternative(f"<html><body><p>{TREATY}</p></body></html>", subtype="html")
    (report,) = read(message)
    assert report.text == TREATY


def test_attachments_that_can_be_read_come_with_the_mails_date_and_sender(read, tmp_path):
    message = mail(Message_ID="<7@x>")
    message.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="traité.pdf")
    message.add_attachment("Chile agreed.", filename="annex.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="a.ics")
    message.add_attachment(b"\xd0\xcf\x11\xe0", maintype="application", subtype="msword", filename="note.doc")
    body, pdf, annex, old = read(message)
    assert body.text == TREATY
    assert (pdf.media, pdf.source_id, pdf.origin) == ("pdf", "7@x#traité.pdf", f"{tmp_path}/a.eml#traité.pdf")
    assert (annex.text.strip(), annex.source_id) == ("Chile agreed.", "7@x#annex.txt")
    assert {one.published for one in (pdf, annex)} == {"Tue, 21 May 2024 06:00:00 +0200"}
    assert {one.publisher for one in (pdf, annex)} == {"Press Office"}
    assert {one.title for one in (pdf, annex)} == {None}
    assert isinstance(old, Failure)
    assert "soffice" in old.remedy


def test_forwarded_mail_is_a_report_of_its_own(read):
    message = mail("See below.", Message_ID="<7@x>")
    message.add_attachment(mail("Chile agreed.", From="b@b.example", Date="Mon, 20 May 2024 06:00:00 +0200"))
    outer, inner = read(message)
    assert (inner.text, inner.publisher, inner.source_id) == ("Chile agreed.", "b.example", "7@x#1")
    assert inner.published.startswith("Mon, 20 May")
    assert outer.text == "See below."


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Peru met Chile and nothing says from whom.",
        b"Subject: nothing below\n\n",
        b"Subject: x\nContent-Type: multipart/mixed; boundary=z\n\n--z--\n",
        b"From: a@b.example\nContent-Type: multipart/mixed\n\n",
    ],
)
def test_mail_without_headers_or_text_is_a_failure(read, raw):
    (failure,) = read(raw)
    assert isinstance(failure, Failure)
    assert failure.remedy


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Content-Type: text/plain; charset=no-such\n\nLe charg\xe9 est parti.\n", "Le chargé est parti."),
        (b"Content-Type: text/plain; charset=utf-8\n\nLe charg\xe9 est parti.\n", "Le chargé est parti."),
        (b"Content-Type: text/plain; charset=us-ascii\n\nLe charg\xc3\xa9 est parti.\n", "Le chargé est parti."),
        (b"Content-Transfer-Encoding: base64\n\nUGVydSBtZXQgQ2hpbGUu\n!!", "Peru met Chile."),
        (b"Content-Transfer-Encoding: quoted-printable\n\nPeru met=\n Chile=\n", "Peru met Chile"),
        (b"Content-Type: ;;;\nDate: \xff\xfe\nMessage-ID: <<\n\nPeru met Chile.\n", "Peru met Chile."),
        (b"Content-Type: multipart/mixed; boundary=z\n\n--z\n\nPeru met Chile.", "Peru met Chile."),
    ],
)
def test_broken_mail_is_read_as_far_as_it_goes(read, raw, text):
    (report,) = read(b"From: =?utf-8?b?broken <a@b.example>\nSubject: =?x-none?q?=E9?=\n" + raw)
    assert report.text.strip() == text


def test_cut_off_mail_says_so(read):
    raw = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=z\n\n--z\n\nPeru met Chi"
    (report,) = read(raw)
    assert any("cut off" in warning for warning in report.warnings)


def box(*messages):
    return b"".join(b"From a@b.example Tue May 21 06:00:00 2024\n" + one + b"\n\n" for one in messages)


@pytest.mark.parametrize(("name", "pack"), [("a.mbox", bytes), ("a.mbox.gz", gzip.compress), ("2024-May.txt", bytes)])
def test_mailbox_gives_its_mails_one_by_one(read, tmp_path, name, pack):
    first = mail("Peru met Chile.\n>From Lima they went on.", Message_ID="<1@x>").as_bytes()
    second, third = mail("Chile met Peru.").as_bytes(), mail("Bolivia stayed away.").as_bytes()
    reports = read(pack(box(first, second, third)), name)
    assert [report.text for report in reports] == [
        "Peru met Chile.\nFrom Lima they went on.",
        "Chile met Peru.",
        "Bolivia stayed away.",
    ]
    assert [report.source_id for report in reports] == ["1@x", f"{name}:2", f"{name}:3"]
    assert reports[2].origin == f"{tmp_path}/{name}:3"


def test_line_that_begins_with_from_inside_a_paragraph_parts_nothing(read):
    (report,) = read(box(b"Subject: x\n\nThey came\nFrom Lima and went."), "a.mbox")
    assert report.text == "They came\nFrom Lima and went."


def test_single_mail_called_a_mailbox_is_read(read):
    (report,) = read(mail(), "a.mbox")
    assert report.text == TREATY


def test_empty_mailbox_is_a_failure(read):
    (failure,) = read(b"\n\n", "a.mbox")
    assert "empty" in failure.reason


def test_bytes_before_the_first_mail_of_a_mailbox_are_named(read):
    failure, report = read(b"lost words\n\n" + box(mail().as_bytes()), "a.mbox")
    assert isinstance(failure, Failure)
    assert report.text == TREATY


def test_damaged_mail_in_a_mailbox_is_named_and_the_next_is_read(read, tmp_path):
    failure, report = read(box(b"no headers at all", mail("Chile met Peru.").as_bytes()), "a.mbox")
    assert failure.origin == f"{tmp_path}/a.mbox:1"
    assert report.text == "Chile met Peru."


def test_long_mailbox_is_streamed(tmp_path):
    path = tmp_path / "a.mbox"
    message = mail("Peru and Chile met in Lima.\n" * 1000).as_bytes()
    with path.open("wb") as file:
        for _ in range(100):
            file.write(box(message))
        file.write(box(b"Subject: long\n\n" + (b"x" * 999 + b"\n") * 51_000))
        file.write(box(mail("Chile met Peru.").as_bytes()))
    tracemalloc.start()
    try:
        kinds = [type(item) for item in read_inputs([str(path)])]
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()
    assert kinds == [Incoming] * 100 + [Failure, Incoming]


def test_document_in_a_mailbox_is_a_document(read):
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "x"
    message.set_content(f"<p>{TREATY}</p>", subtype="html")
    (document,) = read(box(message.as_bytes()), "a.mbox")
    assert isinstance(document, Document)
