-- Events of current reports by type, and how many of them have no date.
SELECT event, count(*) AS events, count(*) - count(begins) AS undated
FROM events
WHERE report_id NOT IN (SELECT id FROM reports WHERE superseded_by IS NOT NULL)
GROUP BY event
ORDER BY events DESC, event
