-- Those of the given reports that were taken down: their text was, or every version of their page.
SELECT g.id
FROM (SELECT unnest($ids::VARCHAR[]) AS id, unnest($urls::VARCHAR[]) AS url) AS g
WHERE g.id IN (SELECT report_id FROM tombstones)
   OR (g.url IN (SELECT url FROM tombstones) AND g.url NOT IN (SELECT url FROM reports WHERE url IS NOT NULL))
