-- One report with everything that was coded of it; each kind of record a list of JSON texts in order.
SELECT id, source_id, url, publisher, title, published, language, obtained, sha256, text, sentences, warnings,
       (SELECT list(record ORDER BY ordinal) FROM mentions WHERE report_id = r.id) AS mentions,
       (SELECT list(record ORDER BY ordinal) FROM events WHERE report_id = r.id) AS events,
       (SELECT list(record ORDER BY ordinal) FROM people WHERE report_id = r.id) AS people,
       (SELECT list(record ORDER BY ordinal) FROM statements WHERE report_id = r.id) AS statements,
       (SELECT list(record ORDER BY ordinal) FROM commitments WHERE report_id = r.id) AS commitments,
       (SELECT list(record ORDER BY ordinal) FROM claims WHERE report_id = r.id) AS claims
FROM reports AS r
WHERE id = $id
