-- What the labels of an ARC example say of an answer, counted before it is cropped and turned back. Null where the grid says all, where
-- the labels are not known, and for predictions of before.
alter table prediction
  add labelled_cells smallint,
  add wrong_cells smallint;

-- Of an evaluation that ended early: tasks that were answered whole, and what each score is of all tasks at least.
alter table evaluation add answered_tasks int;
alter table score add at_least double precision;

-- Those of before have no denominators: they are scored anew, as if they had just ended.
delete from score where evaluation_id in (select id from evaluation where partial);
delete from test_output where evaluation_id in (select id from evaluation where partial);
update evaluation set partial = false where partial;
