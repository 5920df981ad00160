-- A row or more of every table, with what is hard to write as text: tabs, backslashes, quotes, the end mark of COPY, nothing at all.
insert into upload (id, file_name, digest, bytes, expires_at) values
  ('00000000-0000-0000-0000-000000000001', E'a\tb\\c\n\\.\nd "e" ''f'' \\N', repeat('cd', 32), 10, now() + interval '1 day'),
  ('00000000-0000-0000-0000-000000000002', 'Ünfinished 😀', null, 10, now() + interval '1 day');
insert into puzzle_set (id, name, kind, manifest_digest, seq_len, vocab_size, identifier_count, example_count, task_count, ranking_metric) values
  ('00000000-0000-0000-0000-00000000000a', 'tiny', 'sudoku', repeat('ab', 32), 16, 6, 1, 2, 2, null);
insert into task_hash values
  ('00000000-0000-0000-0000-00000000000a', 0, gen_random_uuid()),
  ('00000000-0000-0000-0000-00000000000a', 1, gen_random_uuid());
insert into overlap values
  ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-00000000000a', 2, '{0,1}');
insert into artifact_use values (repeat('ab', 32), '00000000-0000-0000-0000-00000000000a');
insert into checkpoint (id, manifest_digest, source_digest, tensor_digest, file_name, architecture, core_parameters, embedding_parameters, manifest) values
  ('00000000-0000-0000-0000-00000000000b', 'm', 's', 't', 'step_1', 'trm', 9223372036854775807, 0, '{"a": [1.5, null, "\u00fc\t"]}');
insert into evaluation (id, checkpoint_id, puzzle_set_id, model, state, example_count, unit_count, protocol, started_at, finished_at, mean_steps, turn, traceparent) values
  ('00000000-0000-0000-0000-000000000fff', '00000000-0000-0000-0000-00000000000b', '00000000-0000-0000-0000-00000000000a', 'm', 'finished', 2, 1,
   '4-steps.float32', now() - interval '1 hour', now(), 1.0 / 3, 'NaN', null);
-- Repeats of one that comes later in the order of the ids.
insert into evaluation (id, checkpoint_id, puzzle_set_id, model, state, example_count, unit_count, unit_size, unit_firsts, unit_ends, unit_sizes, solver_set_digest, protocol, original_id, repeat, failure, failure_kind, failure_log, finished_at, failure_unit) values
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000b', '00000000-0000-0000-0000-00000000000a', 'm', 'failed', 2, 2, 1, '{0,1}', '{1,2}', '{1,1}', repeat('ab', 32),
   '4-steps.float32', '00000000-0000-0000-0000-000000000fff', 2, '', 'lost', array['', null, 'a "line", with {braces}', E'tab\t'], now(), 0);
-- Answers of another system, which have neither a checkpoint nor a protocol.
insert into evaluation (id, puzzle_set_id, model, state, example_count, unit_count, started_at, finished_at, notes) values
  ('00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-00000000000a', 'a', 'finished', 2, 0, now(), now(), '{"1 is missing"}');
insert into answers values ('00000000-0000-0000-0000-0000000000aa', repeat('ef', 32), 'submission.json', false, 0.1, 'https://example.org', null, '{"outputs": 2}');
insert into work_unit (evaluation_id, idx, first_example, example_count, end_example, solver, started_at, solved_at, compute_ms) values
  ('00000000-0000-0000-0000-000000000fff', 0, 0, 2, 2, 'solver-1', now(), now(), 17),
  ('00000000-0000-0000-0000-000000000001', 0, 0, 1, 1, null, null, null, null),
  ('00000000-0000-0000-0000-000000000001', 1, 1, 1, 2, 'solver-1', now(), null, null);
insert into delivery (id, evaluation_id, idx, round, solver, instance, device, ended_at, ending, kind, reason, log) values
  (gen_random_uuid(), '00000000-0000-0000-0000-000000000fff', 0, 1, 'solver-1', gen_random_uuid(), 'CPU', now(), 'solved', null, null, '{}'),
  (gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 1, 1, 'solver-1', gen_random_uuid(), 'CPU', null, null, null, null, null);
insert into solver (name, instance, device, started_at, seen_at, leaving, units_solved, examples_solved) values
  ('solver-1', gen_random_uuid(), 'CPU', now(), now(), false, 1, 2);
insert into solver_end values (gen_random_uuid(), 'solver-1', now(), 137, 'killed', 'SIGKILL', '{"last line"}');
insert into outbox (topic, key, payload) values ('arena.work', 'k', '\x000a090d5c2e00ff'), ('arena.withdrawn', '', '');
insert into grid values ('\x00', 1, 1, '\x00'), ('\x5c', 1, 2, '\x5c2e');
insert into prediction (evaluation_id, example, grid_digest, q_halt, steps, trail) values
  ('00000000-0000-0000-0000-000000000fff', 0, '\x00', 0.1, 4, '\x00ff'),
  ('00000000-0000-0000-0000-000000000fff', 1, '\x5c', '-Infinity', null, null);
insert into replay_frame values ('00000000-0000-0000-0000-000000000fff', 0, 1, '\x00', 1e-40);
insert into replay_request (evaluation_id, example, given_out_at, handouts) values ('00000000-0000-0000-0000-000000000fff', 1, now(), 1);
insert into canary_unit (evaluation_id, idx, run, protocol, h_cycles, first_example, end_example, handouts, exact) values
  ('00000000-0000-0000-0000-000000000fff', 0, 0, '4-steps.float32', 3, 0, 24, 1, 17);
insert into adaptation (evaluation_id, steps, leg, done, point, turn, handouts, heard_at, lm_losses, device_millis) values
  ('00000000-0000-0000-0000-000000000fff', 8, 2, 4, repeat('ab', 32), now(), 2, now(), '{3.5,0.1,1e-300,NaN}', '{"CPU": 1200}');
insert into score values ('00000000-0000-0000-0000-000000000fff', 'exact_accuracy', 0.1 + 0.2, 0.1, 0.9), ('00000000-0000-0000-0000-000000000fff', 'accuracy', 1.0 / 3, null, null);
insert into step_score values ('00000000-0000-0000-0000-000000000fff', 1, 'accuracy', 2.0 / 3, null, null);
insert into test_output values ('00000000-0000-0000-0000-000000000fff', 0, 0, 1, 1, null);
insert into candidate values ('00000000-0000-0000-0000-000000000fff', 0, 0, 1, '\x00', 1, 0.30000000000000004);
insert into agreement (evaluation_id, against_id, examples, differing) values
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000fff', 2, 1);
insert into evaluation_event (evaluation_id, event, detail) values ('00000000-0000-0000-0000-000000000001', 'failed', E'\\N');
insert into quarantined_message (topic, partition, message_offset, sent_at, key, bytes, length, reason) values
  ('arena.outcomes', 0, 1, now(), null, '\x00', 1, 'not JSON');
insert into risky_work (kind, subject, process) values ('score', 'one', gen_random_uuid());
