-- Events that new reports tell, inputs that failed since, and sources that could not be read the last time.
SELECT (SELECT count(*)
        FROM events AS e
        JOIN reports AS r ON r.id = e.report_id
        WHERE r.superseded_by IS NULL AND r.serial > $serial
          AND ($since::VARCHAR IS NULL OR r.added_at >= $since)) AS events,
       (SELECT count(*) FROM failures WHERE $failed_since::VARCHAR IS NULL OR last_seen > $failed_since) AS failures,
       (SELECT count(*) FROM sources WHERE reason IS NOT NULL) AS sources_failing
