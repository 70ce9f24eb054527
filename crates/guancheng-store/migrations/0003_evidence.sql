-- What reporters said and showed.

CREATE TABLE reports (
    id       INTEGER PRIMARY KEY CHECK (id > 0),
    case_id  INTEGER REFERENCES cases (id),
    code     TEXT NOT NULL UNIQUE CHECK (code <> ''),
    source   TEXT NOT NULL,
    text     TEXT NOT NULL,
    lang     TEXT NOT NULL,
    lon      REAL,
    lat      REAL,
    address  TEXT NOT NULL,
    at       INTEGER NOT NULL,
    by       INTEGER,
    category TEXT,
    CONSTRAINT reports_place_whole CHECK ((lon IS NULL) = (lat IS NULL))
) STRICT;
CREATE INDEX reports_case ON reports (case_id, id) WHERE case_id IS NOT NULL;

-- Personal data, apart: erasing a row here changes no record and no hash.
CREATE TABLE contacts (
    report_id INTEGER PRIMARY KEY REFERENCES reports (id),
    name      TEXT,
    phone     TEXT,
    CONSTRAINT contacts_say_something CHECK (name IS NOT NULL OR phone IS NOT NULL)
) STRICT;

-- Files of equal content share one address; what was said about each stays its own row.
CREATE TABLE files (
    id          INTEGER PRIMARY KEY CHECK (id > 0),
    media       TEXT NOT NULL CHECK (media IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
    sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes       INTEGER NOT NULL CHECK (bytes > 0),
    width       INTEGER,
    height      INTEGER,
    has_thumb   INTEGER NOT NULL CHECK (has_thumb IN (0, 1)),
    taken_at    INTEGER,
    lon         REAL,
    lat         REAL,
    accuracy_m  REAL,
    tags        TEXT NOT NULL,
    exif_taken  TEXT,
    exif_lon    REAL,
    exif_lat    REAL,
    orientation INTEGER CHECK (orientation BETWEEN 1 AND 8),
    at          INTEGER NOT NULL,
    by          INTEGER,
    CONSTRAINT files_size_whole CHECK ((width IS NULL) = (height IS NULL)),
    CONSTRAINT files_place_whole CHECK ((lon IS NULL) = (lat IS NULL) AND (exif_lon IS NULL) = (exif_lat IS NULL)),
    CONSTRAINT files_thumb_of_picture CHECK (has_thumb = 0 OR media <> 'application/pdf')
) STRICT;
CREATE INDEX files_sha256 ON files (sha256);
