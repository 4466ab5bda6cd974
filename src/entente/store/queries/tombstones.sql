-- What was taken down, the latest first.
SELECT report_id, serial, url, publisher, published, reason, forgotten_at
FROM tombstones
WHERE ($typed::VARCHAR IS NULL OR page_of(url) = page_of($typed) OR starts_with(report_id, $beginning))
ORDER BY forgotten_at DESC, serial DESC
