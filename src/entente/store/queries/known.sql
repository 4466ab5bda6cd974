-- Those of the given reports that are here: by their id, as the same text under the same address, or as the same text
-- where nobody says who published the given one.
SELECT given.id
FROM (
    SELECT unnest($ids::VARCHAR[]) AS id, unnest($hashes::VARCHAR[]) AS sha256, unnest($urls::VARCHAR[]) AS url,
        unnest($publishers::VARCHAR[]) AS publisher
) AS given
WHERE given.id IN (SELECT id FROM reports)
   OR EXISTS (
       SELECT 1 FROM reports AS r
       WHERE r.sha256 = given.sha256
         AND (page_of(r.url) = page_of(given.url) OR (given.url IS NULL AND given.publisher IS NULL))
   )
