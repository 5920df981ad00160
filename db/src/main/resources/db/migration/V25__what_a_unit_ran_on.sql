-- Two runs of the same network may differ where its products of matrices run on other kernels. Null: the solver did not tell.
alter table work_unit
  add kernels text;
