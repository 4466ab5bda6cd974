-- Reports without their text, the latest first, superseded ones too; a filter that is NULL lets everything pass.
WITH numbered AS (
    SELECT id, serial, source_id, url, publisher, title, published, told, language, obtained, added_at, coded, coder,
           model, superseded_by,
           CASE WHEN url IS NULL THEN 1 ELSE row_number() OVER (PARTITION BY page_of(url) ORDER BY serial) END AS version,
           CASE WHEN url IS NULL THEN 1 ELSE count(*) OVER (PARTITION BY page_of(url)) END AS versions
    FROM reports
)
SELECT id, source_id, url, publisher, title, published, language, obtained, added_at, coded, coder, model,
       superseded_by, version, versions,
       (SELECT count(*) FROM events WHERE report_id = n.id) AS events
FROM numbered AS n
WHERE ($ids::VARCHAR[] IS NULL OR list_contains($ids::VARCHAR[], id))
  AND ($url::VARCHAR IS NULL OR page_of(url) = page_of($url))
  AND ($source_id::VARCHAR IS NULL OR source_id = $source_id)
  AND ($prefix::VARCHAR IS NULL OR starts_with(id, $prefix))
  AND ($superseded_by::VARCHAR[] IS NULL OR list_contains($superseded_by::VARCHAR[], superseded_by))
  AND ($since::DATE IS NULL OR told >= $since)
  AND ($until::DATE IS NULL OR told <= $until)
  AND ($language::VARCHAR IS NULL OR language = $language)
  AND ($publisher::VARCHAR IS NULL OR contains(lower(publisher), lower($publisher))
       OR contains(lower(regexp_extract(url, '^[a-z]+://([^/]+)', 1)), lower($publisher)))
ORDER BY told DESC NULLS LAST, serial DESC
