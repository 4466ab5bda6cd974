-- What a merge of `other` will do, before anything is written.
-- A page is forgotten in a store where a text of it was and no other is there.
-- `going` are reports of this store that were forgotten in the other, `left_out` the reverse.
CREATE OR REPLACE TEMP TABLE going AS
SELECT id
FROM reports
WHERE id IN (SELECT report_id FROM other.tombstones)
   OR page_of(url) IN (SELECT page_of(url) FROM other.tombstones WHERE url IS NOT NULL
                       EXCEPT SELECT page_of(url) FROM other.reports);

CREATE OR REPLACE TEMP TABLE left_out AS
SELECT id
FROM other.reports
WHERE id IN (SELECT report_id FROM tombstones)
   OR page_of(url) IN (SELECT page_of(url) FROM tombstones WHERE url IS NOT NULL
                       EXCEPT SELECT page_of(url) FROM reports);

CREATE OR REPLACE TEMP TABLE joining AS
SELECT id
FROM other.reports
WHERE id NOT IN (SELECT id FROM reports) AND id NOT IN (SELECT id FROM left_out);

-- The tombstones of those that go: the other store's own, or else the latest of the page.
CREATE OR REPLACE TEMP TABLE burials AS
SELECT r.id, t.reason, t.forgotten_at
FROM reports AS r
JOIN going USING (id)
JOIN other.tombstones AS t ON t.report_id = r.id OR page_of(t.url) = page_of(r.url)
QUALIFY row_number() OVER (PARTITION BY r.id ORDER BY t.report_id <> r.id, t.forgotten_at DESC, t.report_id) = 1;

-- The texts of every page that gets another one, or of which another counts in the other store: those that
-- count in one of the stores, and whether in each that has them.
CREATE OR REPLACE TEMP TABLE heads AS
WITH texts AS (
    SELECT id, page_of(url) AS page, published, added_at, true AS here, false AS comes,
           superseded_by IS NULL OR superseded_by IN (SELECT id FROM going) AS counts
    FROM reports
    WHERE url IS NOT NULL AND id NOT IN (SELECT id FROM going)
    UNION ALL
    SELECT id, page_of(url), published, added_at, false, id IN (SELECT id FROM joining),
           superseded_by IS NULL OR superseded_by IN (SELECT id FROM left_out)
    FROM other.reports
    WHERE url IS NOT NULL AND id NOT IN (SELECT id FROM left_out)
), merged AS (
    SELECT id, arg_max(page, here) AS page, min(published) AS published, min(added_at) AS added_at,
           bool_and(counts) AS counts, bool_or(counts) AS counts_somewhere,
           bool_or(comes) OR bool_or(counts) <> bool_and(counts) AS matters
    FROM texts
    GROUP BY id
)
SELECT page, id, published, added_at, counts
FROM merged
WHERE counts_somewhere AND page IN (SELECT page FROM merged WHERE matters);
