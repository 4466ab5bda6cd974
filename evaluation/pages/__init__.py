"""Five hundred pages made for measuring: what of a page is its main text, and which day it is of.

Twenty layouts, twenty-five pages each, made in memory from a page's number alone; the generator is the data, and
``FINGERPRINT`` in ``made.py`` is that of its result. Nothing here may be tuned to what a tool does with a page.

What counts, decided once for all layouts:

*Main text* are the body's paragraphs with the lead or standfirst, subheads, the items of lists, block quotes, the turns
of a transcript with their speakers' names, the entries of a live blog, the introduction of a gallery, and the typed
numbers of numbered paragraphs. A dateline that opens the first paragraph is part of that paragraph.

*No main text* are headline, byline, date lines and press numbers, opening and closing hours, captions and credits,
buttons and menus, links to other stories wherever they stand, newsletter boxes, advertisements, cookie notices, tags, an
author's life, footnotes and the marks that point to them, pull quotes (they stand in the text already), embedded posts of
others, contact boxes, comments, copyright, an agency's credits, and the times of entries and turns.

*The day* is that of first publication, on the page's own clock; the *instant* is asked where the page gives a time with
its zone. A section front or an error page holds no article: to give no text is right, and then its day is right too.

Eighty pages of eight other layouts (``later.py``) were made when pages were already read well: what they measured first
was blind; things were mended because of them since. What they bring is decided by the same rules: a timeline in a box beside the
text, a note on the printed edition, *Check against delivery* and other notes on the document are no main text; the salutes
of a speech, the heading of a box of points and an interview's questions are. A speech is of the day on which it was put
online. Search results, archives and indexes hold no article, however long their teasers.
"""
