-- The desk by who holds the case, and lights counted with less to unpack.

-- What is counted and filtered by most stands first: a column costs the reading of all before it.
DROP INDEX cases_desk;
CREATE INDEX cases_desk ON cases (due_sort, id, warn_at, need_to_know, kind, cell, clock, state, unit, holder_role,
    holder_unit, stage, category, source, opened_at, lon, lat, is_open, on_time) WHERE is_open = 1;

-- What a role holds and what an office holds, by time left: "my desk" reads one page of it, however many cases others hold.
CREATE INDEX cases_role ON cases (holder_role, due_sort, id, need_to_know, kind, cell, state, holder_unit, is_open)
    WHERE is_open = 1 AND holder_role IS NOT NULL;
CREATE INDEX cases_held ON cases (holder_unit, due_sort, id, need_to_know, kind, cell, state, holder_role, is_open)
    WHERE is_open = 1 AND holder_unit IS NOT NULL;
