-- Events by report and place in it.
SELECT e.record, r.id, r.source_id, r.url, r.publisher, r.title, r.published, r.superseded_by, e.report_id, e.ordinal
FROM events AS e
JOIN reports AS r ON r.id = e.report_id
JOIN (SELECT unnest($reports::VARCHAR[]) AS report_id, unnest($ordinals::INTEGER[]) AS ordinal) AS w
  ON w.report_id = e.report_id AND w.ordinal = e.ordinal
