-- Where the files of a puzzle set came from, if they were fetched: the first of them, at the commit that all of them are of.
alter table puzzle_set add fetched_from jsonb;
