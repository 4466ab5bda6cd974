-- Reports by language and by what coded them.
SELECT language, CASE WHEN coded THEN coder || ' ' || model END AS coder, count(*) AS reports,
       count(superseded_by) AS superseded, count(*) - count(published) AS undated,
       min(published) AS first_published, max(published) AS last_published, max(added_at) AS last_added
FROM reports
GROUP BY ALL
ORDER BY reports DESC, language, coder
