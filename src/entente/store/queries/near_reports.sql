-- What people may have meant by a name that no report has.
SELECT name
FROM (SELECT source_id AS name FROM reports UNION SELECT url FROM reports WHERE url IS NOT NULL
      UNION SELECT id FROM reports)
WHERE jaro_winkler_similarity(lower(name), lower($typed)) >= 0.88
ORDER BY jaro_winkler_similarity(lower(name), lower($typed)) DESC, name
LIMIT 3
