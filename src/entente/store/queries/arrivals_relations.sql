-- What new reports tell of each two actors, in no order: the events between them, or that both do together.
WITH fresh AS (
    SELECT e.report_id, e.ordinal, e.status, e.quad_class, abs(e.score * e.probability) AS weight,
           e.actors, CASE WHEN len(e.recipients) = 0 THEN e.actors ELSE e.recipients END AS others
    FROM events AS e
    JOIN reports AS r ON r.id = e.report_id
    WHERE r.superseded_by IS NULL AND r.serial > $serial AND ($since::VARCHAR IS NULL OR r.added_at >= $since)
),
sides AS (
    SELECT report_id, ordinal, status, quad_class, weight, others, unnest(actors) AS one FROM fresh
),
pairs AS (
    SELECT report_id, ordinal, status, quad_class, weight, one, unnest(others) AS other FROM sides
),
told AS (
    SELECT DISTINCT least(one, other) AS a, greatest(one, other) AS b, report_id, ordinal, status, quad_class, weight
    FROM pairs
    WHERE one <> other
)
SELECT t.a, t.b,
       count(DISTINCT t.report_id) AS reports,
       count(*) AS events,
       count(*) FILTER (WHERE t.status = 'actual') AS actual,
       histogram(t.quad_class) FILTER (WHERE t.status = 'actual') AS by_quad_class,
       arg_max({report_id: t.report_id, ordinal: t.ordinal}, (t.status = 'actual', t.weight, -r.serial, -t.ordinal)) AS first
FROM told AS t
JOIN reports AS r ON r.id = t.report_id
GROUP BY t.a, t.b
ORDER BY events DESC, t.a, t.b
