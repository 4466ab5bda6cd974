-- Who held which office by current reports: one row for each name, office, organisation and country, with the latest
-- telling; those in most reports first.
SELECT arg_max(
           {
               record: p.record,
               report: {
                   id: r.id,
                   source_id: r.source_id,
                   url: r.url,
                   publisher: r.publisher,
                   title: r.title,
                   published: r.published,
                   superseded_by: r.superseded_by
               }
           },
           (coalesce(p.told, DATE '0001-01-01'), r.serial, p.ordinal)
       ) AS latest,
       min(p.told)::VARCHAR AS first_told,
       max(p.told)::VARCHAR AS last_told,
       len(list_distinct(list(p.report_id))) AS reports
FROM people AS p
JOIN reports AS r ON r.id = p.report_id
WHERE r.superseded_by IS NULL
  AND ($countries::VARCHAR[] IS NULL OR list_contains($countries::VARCHAR[], p.country))
  AND ($reports::VARCHAR[] IS NULL OR list_contains($reports::VARCHAR[], p.report_id))
  AND ($name::VARCHAR IS NULL OR contains(lower(p.name), lower($name)))
  AND ($since::DATE IS NULL OR p.told >= $since)
  AND ($until::DATE IS NULL OR p.told <= $until)
GROUP BY p.name, p.office, p.organisation, p.country
ORDER BY reports DESC, last_told DESC NULLS LAST, p.name, p.office, p.organisation, p.country
