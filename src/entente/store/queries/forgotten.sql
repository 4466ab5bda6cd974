-- Those of the given reports whose text was taken down, or some text of whose page was.
SELECT g.id, g.url, g.id IN (SELECT report_id FROM tombstones) AS text
FROM (SELECT unnest($ids::VARCHAR[]) AS id, unnest($urls::VARCHAR[]) AS url) AS g
WHERE text OR page_of(g.url) IN (SELECT page_of(url) FROM tombstones WHERE url IS NOT NULL)
