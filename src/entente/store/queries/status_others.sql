-- How much else current reports tell, what failed, and what was taken down.
WITH old AS (SELECT id FROM reports WHERE superseded_by IS NOT NULL)
SELECT (SELECT max(number) FROM migrations) AS schema_version,
       (SELECT count(*) FROM people WHERE report_id NOT IN (FROM old)) AS people,
       (SELECT count(*) FROM statements WHERE report_id NOT IN (FROM old)) AS statements,
       (SELECT count(*) FROM commitments WHERE report_id NOT IN (FROM old)) AS commitments,
       (SELECT count(*) FROM failures) AS failures,
       (SELECT count(*) FROM tombstones) AS forgotten
