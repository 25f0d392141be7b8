-- What became of a command. In order of precedence: a command fares as the worst of its rows.
CREATE TYPE ledger.outcome AS ENUM (
  'tenant-unknown', 'scope-exceeded', 'duplicate', 'id-reused', 'refused', 'conflict', 'claim-taken', 'appended');

-- Appends the decisions of many commands of many tenants in one go and says, in order, what became of each:
-- [outcome, versions of its streams, position, code, message, details].
--
-- `batch` has a row for each event, and one for each stream to which a command adds nothing; the rows of a command are
-- together, and `last` ends them. `nth` counts the events that the command adds to the stream so far, `more` says how
-- many follow. `payloads` has the event's canonical JSON for each row, one a line: canonical JSON has no line ends.
CREATE FUNCTION ledger.append(tenants text[], batch json, payloads text, claims json) RETURNS json
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- A plan made on an empty ledger must still be right on a full one.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET jit = off
AS $$
DECLARE
  clock timestamptz;
  outcomes json;
BEGIN
  -- In this order, whoever calls: then two batches cannot wait for each other.
  PERFORM FROM ledger.tenant t WHERE t.tenant_id = ANY (tenants) ORDER BY t.tenant_id FOR NO KEY UPDATE;
  IF claims IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(l.lock) FROM (
      SELECT DISTINCT hashtextextended(concat_ws(' ', namespace, key), 0) AS lock
      FROM json_to_recordset(claims) AS claim(namespace text, key text) ORDER BY 1) l;
  END IF;

  -- A statement of its own, because it must see what the former holders of those locks have committed.
  clock := clock_timestamp();
  WITH judged AS MATERIALIZED (
    SELECT r.o, r.n, r.last, r.tenant, r.command_id, r.command, r.payload_hash, r.meta, r.stream, r.streams,
      r.type, r.type_version, r.payload, r.more, r.refusal, t.head, greatest(t.recorded_at, clock) AS recorded_at,
      coalesce(e.version, 0) + r.nth AS version,
      k.versions AS first_versions, k.position AS first_position, k.code, k.message, k.details,
      CASE
        WHEN t.head IS NULL THEN 'tenant-unknown'
        WHEN NOT (ledger.within(r.tenant, r.region) AND ledger.of_school(r.stream, r.school)) THEN 'scope-exceeded'
        WHEN k.payload_hash = r.payload_hash THEN 'duplicate'
        WHEN k.payload_hash IS NOT NULL THEN 'id-reused'
        WHEN r.refusal IS NOT NULL THEN 'refused'
        WHEN r.expected <> coalesce(e.version, 0) THEN 'conflict'
        WHEN claims IS NOT NULL AND EXISTS (
          SELECT FROM json_to_recordset(claims) AS c(n integer, stream text, namespace text, key text, "takenFrom" text)
          JOIN ledger.claim held USING (namespace, key)
          WHERE c.n = r.n AND (held.tenant_id, held.stream_id) <> (r.tenant, c.stream)
            AND held.tenant_id IS DISTINCT FROM c."takenFrom") THEN 'claim-taken'
        ELSE 'appended'
      END::ledger.outcome AS outcome
    FROM ROWS FROM (
      json_to_recordset(batch) AS (n integer, last boolean, tenant text, command_id text, command text,
        payload_hash bytea, region text, school text, meta text, stream text, streams text[], expected integer,
        type text, type_version integer, nth integer, more integer, refusal jsonb),
      string_to_table(payloads, E'\n')) WITH ORDINALITY AS r(n, last, tenant, command_id, command, payload_hash,
        region, school, meta, stream, streams, expected, type, type_version, nth, more, refusal, payload, o)
    LEFT JOIN ledger.tenant t ON t.tenant_id = r.tenant AND r.tenant = ANY (tenants)
    LEFT JOIN ledger.command k ON k.tenant_id = r.tenant AND k.command_id = r.command_id
    LEFT JOIN LATERAL (
      -- From the expected version on: with the stream's older versions in it the search reads a page of them.
      SELECT e.version FROM ledger.event e
      WHERE e.tenant_id = r.tenant AND e.stream_id = r.stream AND e.version >= coalesce(r.expected, 0)
      ORDER BY e.version DESC LIMIT 1) e ON true
  ),
  decided AS MATERIALIZED (
    SELECT d.*, d.head + count(d.type) FILTER (WHERE d.fate = 'appended')
      OVER (PARTITION BY d.tenant ORDER BY d.n, d.o) AS position
    FROM (SELECT j.*, min(j.outcome) OVER (PARTITION BY j.tenant, j.n) AS fate FROM judged j) d
  ),
  receipt AS MATERIALIZED (
    SELECT d.n, d.tenant, d.command_id, d.command, d.payload_hash, d.recorded_at, d.fate,
      coalesce(d.streams, ARRAY[d.stream]) AS streams,
      CASE WHEN d.first_versions IS NOT NULL THEN d.first_versions
        WHEN d.streams IS NULL THEN ARRAY[d.version]
        ELSE (SELECT array_agg(s.version ORDER BY s.o) FROM decided s WHERE s.n = d.n AND s.more = 0)
      END AS versions,
      coalesce(d.first_position, d.position) AS position,
      CASE d.fate WHEN 'duplicate' THEN d.code WHEN 'refused' THEN d.refusal ->> 'code'
        WHEN 'claim-taken' THEN 'CLAIM_TAKEN' END AS code,
      CASE d.fate WHEN 'duplicate' THEN d.message WHEN 'refused' THEN d.refusal ->> 'message'
        WHEN 'claim-taken' THEN 'Another stream holds the key.' END AS message,
      CASE d.fate WHEN 'duplicate' THEN d.details WHEN 'refused' THEN d.refusal -> 'details' END AS details,
      d.meta
    FROM decided d WHERE d.last
  ),
  command_log AS (
    INSERT INTO ledger.command (tenant_id, command_id, type, payload_hash, outcome, streams, versions, position,
      code, message, details, meta, recorded_at)
    SELECT r.tenant, r.command_id, r.command, r.payload_hash,
      CASE r.fate WHEN 'appended' THEN 'accepted' ELSE 'refused' END, r.streams, r.versions, r.position,
      r.code, r.message, r.details, r.meta::jsonb, r.recorded_at
    FROM receipt r WHERE r.fate IN ('appended', 'refused', 'claim-taken')
  ),
  events AS (
    INSERT INTO ledger.event (tenant_id, position, stream_id, version, type, type_version, data, meta, command_id,
      recorded_at, leaf_hash)
    SELECT d.tenant, d.position, d.stream, d.version, d.type, d.type_version, d.payload::jsonb, d.meta::jsonb,
      d.command_id, d.recorded_at,
      -- RFC 6962 leaf of what EventStore.events returns, as RFC 8785 writes it; to_json escapes text just so.
      sha256('\x00'::bytea || convert_to(concat(
        '{"commandId":', to_json(d.command_id), ',"data":', d.payload, ',"meta":', d.meta,
        ',"position":', d.position, ',"recordedAt":"',
        to_char(d.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        '","stream":', to_json(d.stream), ',"tenant":"', d.tenant, '","type":', to_json(d.type),
        ',"typeVersion":', d.type_version, ',"version":', d.version, '}'), 'UTF8'))
    FROM decided d WHERE d.fate = 'appended' AND d.type IS NOT NULL
  ),
  given_up AS (
    UPDATE ledger.claim held SET tenant_id = r.tenant, stream_id = c.stream
    FROM receipt r
    JOIN json_to_recordset(claims) AS c(n integer, stream text, namespace text, key text, "takenFrom" text) USING (n)
    WHERE r.fate = 'appended' AND held.namespace = c.namespace AND held.key = c.key AND held.tenant_id = c."takenFrom"
  ),
  claimed AS (
    INSERT INTO ledger.claim (namespace, key, tenant_id, stream_id)
    SELECT c.namespace, c.key, r.tenant, c.stream
    FROM receipt r
    JOIN json_to_recordset(claims) AS c(n integer, stream text, namespace text, key text, "takenFrom" text) USING (n)
    WHERE r.fate = 'appended'
      AND NOT EXISTS (SELECT FROM ledger.claim held WHERE held.namespace = c.namespace AND held.key = c.key)
  ),
  heads AS (
    UPDATE ledger.tenant t SET head = h.head, recorded_at = h.recorded_at
    FROM (SELECT d.tenant, max(d.position) AS head, max(d.recorded_at) AS recorded_at
      FROM decided d WHERE d.fate = 'appended' GROUP BY d.tenant) h
    WHERE t.tenant_id = h.tenant AND t.head < h.head
  )
  SELECT json_agg(json_build_array(r.fate, r.versions, r.position, r.code, r.message, r.details) ORDER BY r.n)
  INTO outcomes FROM receipt r;
  RETURN outcomes;
END $$;

GRANT CREATE ON SCHEMA ledger TO junheng_ledger;
ALTER FUNCTION ledger.append(text[], json, text, json) OWNER TO junheng_ledger;
REVOKE CREATE ON SCHEMA ledger FROM junheng_ledger;
REVOKE ALL ON FUNCTION ledger.append(text[], json, text, json) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.append(text[], json, text, json) TO junheng_app;
