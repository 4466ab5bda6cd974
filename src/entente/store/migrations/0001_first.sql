-- The first store. Each row of a coding keeps its whole record as JSON in `record`; the columns beside it are what
-- queries filter on, so that a record comes back exactly as it was coded. Dates with a precision are two days:
-- `begins` and `ends`; `told` is the day the report was published. Times are ISO 8601 in UTC.

CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL,
    applied_at VARCHAR NOT NULL,
    entente VARCHAR NOT NULL
);

CREATE TABLE reports (
    id VARCHAR PRIMARY KEY,
    serial BIGINT NOT NULL,
    source_id VARCHAR NOT NULL,
    url VARCHAR,
    publisher VARCHAR,
    title VARCHAR,
    published VARCHAR,
    told DATE,
    language VARCHAR NOT NULL,
    obtained VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    added_at VARCHAR NOT NULL,
    coded BOOLEAN NOT NULL,
    coder VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    sentences VARCHAR NOT NULL,
    warnings VARCHAR NOT NULL,
    superseded_by VARCHAR
);

CREATE TABLE mentions (
    report_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    entity VARCHAR,
    country VARCHAR,
    record VARCHAR NOT NULL
);

CREATE TABLE events (
    report_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    modes VARCHAR[] NOT NULL,
    contexts VARCHAR[] NOT NULL,
    status VARCHAR NOT NULL,
    quad_class VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    probability DOUBLE NOT NULL,
    actors VARCHAR[] NOT NULL,
    recipients VARCHAR[] NOT NULL,
    begins DATE,
    ends DATE,
    told DATE,
    record VARCHAR NOT NULL
);

CREATE TABLE people (
    report_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    office VARCHAR,
    organisation VARCHAR,
    country VARCHAR,
    told DATE,
    record VARCHAR NOT NULL
);

CREATE TABLE statements (
    report_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    speaker VARCHAR,
    about VARCHAR[] NOT NULL,
    topics VARCHAR[] NOT NULL,
    told DATE,
    record VARCHAR NOT NULL
);

CREATE TABLE commitments (
    report_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    who VARCHAR[] NOT NULL,
    towards VARCHAR[] NOT NULL,
    told DATE,
    record VARCHAR NOT NULL
);

CREATE TABLE claims (
    report_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    reporter VARCHAR,
    partner VARCHAR,
    record VARCHAR NOT NULL
);

CREATE TABLE failures (
    origin VARCHAR PRIMARY KEY,
    source_id VARCHAR,
    reason VARCHAR NOT NULL,
    remedy VARCHAR NOT NULL,
    first_seen VARCHAR NOT NULL,
    last_seen VARCHAR NOT NULL,
    count INTEGER NOT NULL
);
