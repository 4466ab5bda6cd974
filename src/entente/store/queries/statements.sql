-- What one of two countries' speakers say about the other, the latest first.
SELECT s.record, r.id, r.source_id, r.url, r.publisher, r.title, r.published, r.superseded_by
FROM statements AS s
JOIN reports AS r ON r.id = s.report_id
WHERE r.superseded_by IS NULL
  AND ((s.speaker = $a AND list_contains(s.about, $b)) OR (s.speaker = $b AND list_contains(s.about, $a)))
  AND ($contexts::VARCHAR[] IS NULL OR list_has_any(s.topics, $contexts::VARCHAR[]))
  AND ($since::DATE IS NULL OR s.told >= $since)
  AND ($until::DATE IS NULL OR s.told <= $until)
ORDER BY s.told DESC NULLS LAST, r.serial DESC, s.ordinal
