-- Events by the beginning of their id, also of superseded reports, with their report's text and sentences.
SELECT e.record, r.id, r.source_id, r.url, r.publisher, r.title, r.published, r.superseded_by, r.text, r.sentences
FROM events AS e
JOIN reports AS r ON r.id = e.report_id
WHERE starts_with(e.id, $prefix)
ORDER BY e.id, r.serial DESC
LIMIT 20
