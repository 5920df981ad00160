-- W3C traceparent: of the span that planned the evaluation, and of whatever a message continues. What came before has none.
alter table evaluation add traceparent text;
alter table outbox add traceparent text;
