-- Nobody read it: which go a solver is at stands in `delivery`, by its instance.
alter table solver drop column delivery;
