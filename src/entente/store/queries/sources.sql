-- Standing sources with how many items of theirs were taken in, wait or were given up; in the order they were added.
SELECT s.address, s.kind, s.title, s.publisher, s.whole_pages, s.added_at, s.checked_at, s.new_at, s.tries, s.next_try,
       s.reason, s.remedy,
       count(i.id) FILTER (WHERE i.state = 'done') AS items,
       count(i.id) FILTER (WHERE i.state = 'waiting') AS waiting,
       count(i.id) FILTER (WHERE i.state = 'given up') AS given_up
FROM sources AS s
LEFT JOIN items AS i ON i.source = s.address
GROUP BY ALL
ORDER BY s.added_at, s.address
