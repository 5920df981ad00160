-- The words of the glossary, and no other change: a repeat of an evaluation (an attempt is one of ARC's two answers), a step
-- replay, a quarantined message.
alter table evaluation rename attempt to repeat;
alter table film_request rename to replay_request;
alter table film_frame rename to replay_frame;
alter table set_aside rename to quarantined_message;

-- What is named after them: their constraints (with their indexes), the other indexes and a sequence.
do $$
declare
  named record;
begin
  for named in
    select conrelid::regclass as owner, conname as name,
           replace(replace(replace(conname, 'film_', 'replay_'), 'set_aside_', 'quarantined_message_'), 'attempt', 'repeat') as word
    from pg_constraint where connamespace = current_schema()::regnamespace
  loop
    if named.word <> named.name then
      execute format('alter table %s rename constraint %I to %I', named.owner, named.name, named.word);
    end if;
  end loop;
  for named in
    select oid::regclass as owner, relname as name, relkind as kind,
           replace(replace(relname, 'film_', 'replay_'), 'set_aside_', 'quarantined_message_') as word
    from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('i', 'S')
  loop
    if named.word <> named.name then
      execute format('alter %s %s rename to %I', case named.kind when 'S' then 'sequence' else 'index' end, named.owner, named.word);
    end if;
  end loop;
end $$;
