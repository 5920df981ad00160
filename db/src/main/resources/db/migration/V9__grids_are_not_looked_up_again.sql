-- A prediction is written in the transaction that wrote its grid, or found it there, and grids are never deleted. Looking each
-- up once more, and locking its row, took a quarter of the time of recording (docs/decisions/0066).
alter table prediction drop constraint prediction_grid_digest_fkey;
alter table film_frame drop constraint film_frame_grid_digest_fkey;
