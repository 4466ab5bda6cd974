-- `whole`: all the words of the document that a report's text was taken out of, NULL where the text is all there is.
ALTER TABLE reports ADD COLUMN whole VARCHAR;

-- Reports that were taken down: what keeps them from coming back, never their text. `serial` is that of the report.
CREATE TABLE tombstones (
    report_id VARCHAR PRIMARY KEY,
    serial BIGINT NOT NULL,
    url VARCHAR,
    publisher VARCHAR,
    published VARCHAR,
    reason VARCHAR,
    forgotten_at VARCHAR NOT NULL
);
