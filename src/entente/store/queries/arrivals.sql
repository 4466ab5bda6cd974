-- Reports that came in after a mark or on and after a day, by who published them.
SELECT coalesce(publisher, nullif(regexp_extract(url, '^[a-z]+://(?:www\.)?([^/:]+)', 1), ''), 'unknown') AS issuer,
       count(*) AS reports,
       count(*) FILTER (WHERE id IN (SELECT superseded_by FROM reports)) AS versions,
       count(*) FILTER (WHERE published IS NULL) AS undated,
       count(*) FILTER (WHERE NOT coded) AS not_coded,
       max(serial) AS last_serial
FROM reports
WHERE serial > $serial AND ($since::VARCHAR IS NULL OR added_at >= $since)
GROUP BY issuer
ORDER BY reports DESC, issuer
