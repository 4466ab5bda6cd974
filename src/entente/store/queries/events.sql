-- Events of current reports, the latest first; a filter that is NULL lets everything pass.
SELECT e.record, r.id, r.source_id, r.url, r.publisher, r.title, r.published, r.superseded_by
FROM events AS e
JOIN reports AS r ON r.id = e.report_id
WHERE r.superseded_by IS NULL
  AND ($types::VARCHAR[] IS NULL OR list_contains($types::VARCHAR[], e.event))
  AND ($statuses::VARCHAR[] IS NULL OR list_contains($statuses::VARCHAR[], e.status))
  AND ($actor::VARCHAR IS NULL OR list_contains(e.actors, $actor))
  AND ($recipient::VARCHAR IS NULL OR list_contains(e.recipients, $recipient))
  AND ($country::VARCHAR IS NULL OR list_contains(e.actors, $country) OR list_contains(e.recipients, $country))
  AND ($contexts::VARCHAR[] IS NULL OR list_has_any(e.contexts, $contexts::VARCHAR[])
       OR list_contains($topic_types::VARCHAR[], e.event))
  AND ($since::DATE IS NULL OR coalesce(e.ends, e.told) >= $since)
  AND ($until::DATE IS NULL OR coalesce(e.begins, e.told) <= $until)
  AND ($min_probability::DOUBLE IS NULL OR e.probability >= $min_probability)
  AND ($a::VARCHAR IS NULL
       OR (list_contains(e.actors, $a) AND list_contains(e.recipients, $b))
       OR (list_contains(e.actors, $b) AND list_contains(e.recipients, $a))
       OR (list_contains(e.actors, $a) AND list_contains(e.actors, $b) AND len(e.recipients) = 0))
ORDER BY coalesce(e.ends, e.told) DESC NULLS LAST, r.serial DESC, e.ordinal
