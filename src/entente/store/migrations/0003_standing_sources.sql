-- Sources that are looked at again and again: what they listed, what became of each item, and what a desk watches.
-- `address` is that of a feed or sitemap, or the whole path of a folder or list.
CREATE TABLE sources (
    address VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    title VARCHAR,
    publisher VARCHAR,
    whole_pages BOOLEAN NOT NULL,
    added_at VARCHAR NOT NULL,
    checked_at VARCHAR,
    new_at VARCHAR,
    tries INTEGER NOT NULL,
    next_try VARCHAR,
    reason VARCHAR,
    remedy VARCHAR
);

-- The feed or the sitemaps of a source, as they were when everything that they list was recorded among its items.
CREATE TABLE listings (
    source VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    stamp VARCHAR NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    PRIMARY KEY (source, address)
);

-- `stamp` changes when the source says that an item changed; `state` is done, waiting (until `next_try`) or given up.
CREATE TABLE items (
    source VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    stamp VARCHAR NOT NULL,
    url VARCHAR,
    title VARCHAR,
    published VARCHAR,
    state VARCHAR NOT NULL,
    report_id VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    fetched_at VARCHAR NOT NULL,
    tries INTEGER NOT NULL,
    next_try VARCHAR,
    reason VARCHAR,
    remedy VARCHAR,
    PRIMARY KEY (source, id)
);

-- Dyads that `entente new` puts first; `a` comes before `b` in the alphabet.
CREATE TABLE watches (
    a VARCHAR NOT NULL,
    b VARCHAR NOT NULL,
    added_at VARCHAR NOT NULL,
    PRIMARY KEY (a, b)
);

-- Up to which report somebody has seen what came in.
CREATE TABLE marks (
    name VARCHAR PRIMARY KEY,
    serial BIGINT NOT NULL,
    moved_at VARCHAR NOT NULL
);
