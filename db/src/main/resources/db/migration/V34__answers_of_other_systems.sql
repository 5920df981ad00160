-- An evaluation of answers that another system gave: they were scored here, and nothing was run. It has no checkpoint, no protocol and no
-- units; what grids allow it has as any other.
alter table evaluation
  alter checkpoint_id drop not null,
  alter protocol drop not null,
  add constraint evaluation_run_check check ((checkpoint_id is null) = (protocol is null));

create table answers (
  evaluation_id uuid primary key references evaluation on delete cascade,
  digest text not null,                  -- SHA-256 of the file that was sent
  file_name text not null,
  lenient boolean not null,              -- what is no answer was counted as wrong
  dollars_per_task double precision,     -- as whoever sent them says it, else as the answers do; null where neither does
  paper text,                            -- addresses of what was published beside them
  code text,
  report jsonb not null                  -- of puzzles.answers.AnswersReport: what is missing, and what does not count
);
create index on answers (digest);

alter table risky_work
  drop constraint risky_work_kind_check,
  add constraint risky_work_kind_check check (kind in ('inspect', 'values', 'import', 'plan', 'answers', 'score'));
