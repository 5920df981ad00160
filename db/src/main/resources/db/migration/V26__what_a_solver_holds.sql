-- Bytes that a network may take where a solver runs it. Null: the solver cannot tell.
alter table solver
  add memory_bytes bigint;
