-- 95 % interval of a score; null for scores that are no shares of tasks, and for those of before.
alter table score
  add low double precision,
  add high double precision,
  add check ((low is null) = (high is null) and (low is null or (low >= 0 and low <= high and high <= 1)));
