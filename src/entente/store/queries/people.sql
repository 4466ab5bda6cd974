-- Who held which office by current reports: one row for each name, office, organisation and country, the latest first.
WITH said AS (
    SELECT p.*, r.serial
    FROM people AS p
    JOIN reports AS r ON r.id = p.report_id
    WHERE r.superseded_by IS NULL
      AND ($countries::VARCHAR[] IS NULL OR list_contains($countries::VARCHAR[], p.country))
      AND ($reports::VARCHAR[] IS NULL OR list_contains($reports::VARCHAR[], p.report_id))
      AND ($name::VARCHAR IS NULL OR contains(lower(p.name), lower($name)))
      AND ($since::DATE IS NULL OR p.told >= $since)
      AND ($until::DATE IS NULL OR p.told <= $until)
), holdings AS (
    SELECT last(record ORDER BY told NULLS FIRST, serial, ordinal) AS record,
           last(report_id ORDER BY told NULLS FIRST, serial, ordinal) AS report_id,
           min(told) AS first_told, max(told) AS last_told, count(DISTINCT report_id) AS reports
    FROM said
    GROUP BY name, office, organisation, country
)
SELECT h.record, r.id, r.source_id, r.url, r.publisher, r.title, r.published, r.superseded_by,
       h.first_told::VARCHAR, h.last_told::VARCHAR, h.reports
FROM holdings AS h
JOIN reports AS r ON r.id = h.report_id
ORDER BY h.reports DESC, h.last_told DESC NULLS LAST, h.record
