import type { Migration } from "./migration.js";

const failed = "outcome = 'failed'";

/**
 * Statistics by two dimensions, by error code and of what was aborted; for what is on record still. Five minutes are
 * known from now on.
 */
export const pairsInStatistics: Migration = {
  name: "pairs in statistics",
  statements: `
  ALTER TABLE statistics_cells
    ADD COLUMN split_id text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN split_label text,
    ADD COLUMN aborted double precision NOT NULL DEFAULT 0,
    DROP CONSTRAINT statistics_cells_pkey,
    ADD PRIMARY KEY (dimension, span, start_ms, group_id, split_id);

  CREATE FUNCTION pg_temp.bucket(ms double precision) RETURNS text LANGUAGE sql AS $$
    SELECT (CASE WHEN ms <= 1 THEN 0 ELSE least(200, ceil(ln(ms) / ln(1.1))) END)::integer::text
  $$;

  CREATE TEMPORARY TABLE counted_records ON COMMIT DROP AS
  SELECT span, started_at_ms / width * width AS start_ms, facts.*,
    CASE WHEN outcome = 'completed' THEN pg_temp.bucket((record->>'durationMs')::double precision) END AS latency,
    CASE WHEN outcome = 'completed' THEN pg_temp.bucket((record->>'timeToFirstTokenMs')::double precision) END AS first_token
  FROM (
    SELECT started_at_ms, outcome, coalesce(model_used, '') AS model, key_group AS key, coalesce(token_id, '') AS token,
      token_alias, input_tokens, output_tokens, premium_units, nano_aiu, record::jsonb AS record
    FROM request_records
  ) AS facts, (VALUES ('hour', 3600000), ('day', 86400000)) AS spans (span, width);

  CREATE TEMPORARY TABLE placed_records ON COMMIT DROP AS
  SELECT dimension, group_id, split_id, label, split_label, counted.*
  FROM counted_records AS counted, LATERAL (VALUES
    ('total', '', '', NULL, NULL, true),
    ('model', model, '', NULL, NULL, true),
    ('key', key, '', record->>'keyAlias', NULL, true),
    ('token', token, '', token_alias, NULL, true),
    ('error', coalesce(record->>'errorCode', ''), '', NULL, NULL, ${failed}),
    ('model key', model, key, NULL, record->>'keyAlias', true),
    ('model token', model, token, NULL, token_alias, true),
    ('model error', model, coalesce(record->>'errorCode', ''), NULL, NULL, ${failed}),
    ('key token', key, token, record->>'keyAlias', token_alias, true),
    ('key error', key, coalesce(record->>'errorCode', ''), record->>'keyAlias', NULL, ${failed}),
    ('token error', token, coalesce(record->>'errorCode', ''), token_alias, NULL, ${failed})
  ) AS places (dimension, group_id, split_id, label, split_label, has_part)
  WHERE has_part;

  UPDATE statistics_cells AS cell SET aborted = found.aborted
  FROM (
    SELECT dimension, span, start_ms, group_id, split_id, count(*) AS aborted
    FROM placed_records WHERE outcome = 'aborted' GROUP BY dimension, span, start_ms, group_id, split_id
  ) AS found
  WHERE (cell.dimension, cell.span, cell.start_ms, cell.group_id, cell.split_id)
    = (found.dimension, found.span, found.start_ms, found.group_id, found.split_id);

  INSERT INTO statistics_cells (dimension, span, start_ms, group_id, split_id, label, split_label, requests, errors,
    aborted, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, premium_units,
    nano_aiu, latencies, first_tokens)
  SELECT dimension, span, start_ms, group_id, split_id, max(label), max(split_label), count(*),
    count(*) FILTER (WHERE ${failed}), count(*) FILTER (WHERE outcome = 'aborted'), sum(input_tokens),
    sum(output_tokens), coalesce(sum((record->'usage'->>'cacheReadTokens')::double precision), 0),
    coalesce(sum((record->'usage'->>'cacheWriteTokens')::double precision), 0),
    coalesce(sum((record->'usage'->>'reasoningTokens')::double precision), 0), sum(premium_units), sum(nano_aiu),
    '{}', '{}'
  FROM placed_records GROUP BY dimension, span, start_ms, group_id, split_id
  ON CONFLICT DO NOTHING;

  UPDATE statistics_cells AS cell SET latencies = found.counts
  FROM (
    SELECT dimension, span, start_ms, group_id, split_id, jsonb_object_agg(latency, count) AS counts
    FROM (
      SELECT dimension, span, start_ms, group_id, split_id, latency, count(*) AS count FROM placed_records
      WHERE latency IS NOT NULL GROUP BY dimension, span, start_ms, group_id, split_id, latency
    ) AS each GROUP BY dimension, span, start_ms, group_id, split_id
  ) AS found
  WHERE (cell.dimension, cell.span, cell.start_ms, cell.group_id, cell.split_id)
    = (found.dimension, found.span, found.start_ms, found.group_id, found.split_id)
    AND (cell.dimension LIKE '%error' OR cell.dimension LIKE '% %');

  UPDATE statistics_cells AS cell SET first_tokens = found.counts
  FROM (
    SELECT dimension, span, start_ms, group_id, split_id, jsonb_object_agg(first_token, count) AS counts
    FROM (
      SELECT dimension, span, start_ms, group_id, split_id, first_token, count(*) AS count FROM placed_records
      WHERE first_token IS NOT NULL GROUP BY dimension, span, start_ms, group_id, split_id, first_token
    ) AS each GROUP BY dimension, span, start_ms, group_id, split_id
  ) AS found
  WHERE (cell.dimension, cell.span, cell.start_ms, cell.group_id, cell.split_id)
    = (found.dimension, found.span, found.start_ms, found.group_id, found.split_id)
    AND (cell.dimension LIKE '%error' OR cell.dimension LIKE '% %');
  `,
};
