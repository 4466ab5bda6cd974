-- Inputs that could not be taken in, the latest first.
SELECT origin, reason, remedy, source_id, first_seen, last_seen, count
FROM failures
ORDER BY last_seen DESC, origin
