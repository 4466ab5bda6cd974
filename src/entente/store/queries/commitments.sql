-- What one of two countries undertakes or is asked towards the other, or both together, the latest first.
SELECT c.record, r.id, r.source_id, r.url, r.publisher, r.title, r.published, r.superseded_by
FROM commitments AS c
JOIN reports AS r ON r.id = c.report_id
WHERE r.superseded_by IS NULL
  AND ((list_contains(c.who, $a) AND list_contains(c.towards, $b))
       OR (list_contains(c.who, $b) AND list_contains(c.towards, $a))
       OR (list_contains(c.who, $a) AND list_contains(c.who, $b)))
  AND ($since::DATE IS NULL OR c.told >= $since)
  AND ($until::DATE IS NULL OR c.told <= $until)
ORDER BY c.told DESC NULLS LAST, r.serial DESC, c.ordinal
