-- Of an evaluation that trains rows before it answers: examples of one row stay in one unit, so units have different sizes, and its solvers
-- are given a copy of the puzzle set that holds no solutions. The set needs the artifacts of the copy, as long as it is there.
alter table evaluation
  add unit_sizes int[],                  -- examples of each unit; null where all but the last have unit_size
  add solver_set_digest text;            -- SHA-256 of the manifest that units name in place of the set's own; null for that
