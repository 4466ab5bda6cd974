-- How much a merge of `other` brings and takes.
SELECT (SELECT count(*) FROM joining) AS reports,
       (SELECT count(*) FROM other.events WHERE report_id IN (SELECT id FROM joining)) AS events,
       (SELECT count(*) FROM other.reports WHERE id IN (SELECT id FROM joining)
          AND page_of(url) IN (SELECT page_of(url) FROM reports WHERE url IS NOT NULL)) AS versions,
       (SELECT count(*) FROM other.reports WHERE id IN (SELECT id FROM reports)) AS already_there,
       (SELECT count(*) FROM left_out) AS left_out,
       (SELECT count(*) FROM going) AS removed,
       (SELECT count(*) FROM other.tombstones WHERE report_id NOT IN (SELECT report_id FROM tombstones)) AS tombstones,
       (SELECT count(*) FROM other.failures WHERE origin NOT IN (SELECT origin FROM failures)
          AND origin NOT IN (SELECT origin FROM reports)) AS failures,
       (SELECT count(*) FROM other.sources WHERE address LIKE 'http%'
          AND address NOT IN (SELECT address FROM sources)) AS sources,
       (SELECT count(*) FROM other.watches AS o WHERE NOT EXISTS
          (SELECT 1 FROM watches AS w WHERE w.a = o.a AND w.b = o.b)) AS watches
