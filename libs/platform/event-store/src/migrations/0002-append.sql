-- What became of a command. In order of precedence: a command fares as the worst of its rows.
CREATE TYPE ledger.outcome AS ENUM (
  'tenant-unknown', 'scope-exceeded', 'duplicate', 'id-reused', 'refused', 'conflict', 'claim-taken', 'appended');

-- Appends the decisions of many commands of many tenants in one go and says what became of each:
-- [command, outcome, versions of its streams, position, code, message, details].
--
-- `batch` has a line for each event, and one for each stream to which a command adds nothing; the lines of a command are
-- together. A line has these fields, separated by tabs, empty for NULL; canonical JSON holds neither tabs nor line ends:
--   1 command, from 1   2 t: its last line   3 its streams, when it has several
--   4 tenant   5 command id   6 type of the command   7 hash of its payload   8 region   9 school   10 stream
--   11 expected version   12 which event of the command for this stream, from 1   13 how many of them follow
--   14 how many events the batch has brought to the tenant so far   15 event type   16 type version
--   17 meta   18 data   19 refusal (all three canonical JSON)
CREATE FUNCTION ledger.append(tenants text[], batch text, claims json) RETURNS json
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
  clock_text text;
  taken integer[];
  appended integer[];
  outcomes json;
BEGIN
  -- In this order, whoever calls: then two batches cannot wait for each other.
  PERFORM FROM ledger.tenant t WHERE t.tenant_id = ANY (tenants) ORDER BY t.tenant_id FOR NO KEY UPDATE;
  IF claims IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(l.lock) FROM (
      SELECT DISTINCT hashtextextended(concat_ws(' ', namespace, key), 0) AS lock
      FROM json_to_recordset(claims) AS claim(namespace text, key text) ORDER BY 1) l;
    taken := ARRAY(
      SELECT c.n FROM json_to_recordset(claims)
        AS c(n integer, tenant text, stream text, namespace text, key text, "takenFrom" text)
      JOIN ledger.claim held USING (namespace, key)
      WHERE (held.tenant_id, held.stream_id) <> (c.tenant, c.stream)
        AND held.tenant_id IS DISTINCT FROM c."takenFrom");
  END IF;

  -- A statement of its own, because it must see what the former holders of those locks have committed.
  clock := clock_timestamp();
  clock_text := to_char(clock AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  WITH judged AS MATERIALIZED (
    SELECT r.n, r.last, r.more, r.streams, t.head, r.brought, r.tenant, r.command_id, r.stream, r.type, r.type_version,
      coalesce(e.version, 0) + r.nth AS version,
      greatest(t.recorded_at, clock) AS recorded_at,
      CASE
        WHEN t.head IS NULL THEN 'tenant-unknown'
        WHEN NOT (ledger.within(r.tenant, r.region) AND ledger.of_school(r.stream, r.school)) THEN 'scope-exceeded'
        WHEN k.payload_hash = r.payload_hash THEN 'duplicate'
        WHEN k.payload_hash IS NOT NULL THEN 'id-reused'
        WHEN r.refusal IS NOT NULL THEN 'refused'
        WHEN r.expected <> coalesce(e.version, 0) THEN 'conflict'
        WHEN r.n = ANY (taken) THEN 'claim-taken'
        ELSE 'appended'
      END::ledger.outcome AS outcome,
      r.meta, r.data, r.command, r.payload_hash, r.refusal::jsonb AS refusal, k AS known
    FROM (
      SELECT f[1]::integer AS n, f[2] IS NOT NULL AS last, f[3]::text[] AS streams, f[4] AS tenant,
        f[5] AS command_id, f[6] AS command, decode(f[7], 'hex') AS payload_hash, f[8] AS region, f[9] AS school,
        f[10] AS stream, f[11]::integer AS expected, f[12]::integer AS nth, f[13]::integer AS more,
        f[14]::integer AS brought, f[15] AS type, f[16]::integer AS type_version, f[17] AS meta, f[18] AS data,
        f[19] AS refusal
      FROM (SELECT string_to_array(line, E'\t', '') AS f FROM string_to_table(batch, E'\n') line OFFSET 0) b OFFSET 0
    ) r
    LEFT JOIN ledger.tenant t ON t.tenant_id = r.tenant AND r.tenant = ANY (tenants)
    LEFT JOIN ledger.command k ON k.tenant_id = r.tenant AND k.command_id = r.command_id
    LEFT JOIN LATERAL (
      -- From the expected version on: with the stream's older versions in it the search reads a page of them.
      SELECT e.version FROM ledger.event e
      WHERE e.tenant_id = r.tenant AND e.stream_id = r.stream AND e.version >= coalesce(r.expected, 0)
      ORDER BY e.version DESC LIMIT 1) e ON true
  ),
  turned_down AS MATERIALIZED (
    SELECT j.tenant, j.n, min(j.outcome) AS outcome,
      (SELECT count(lost.type) FROM judged lost WHERE lost.n = j.n) AS lost
    FROM judged j WHERE j.outcome <> 'appended' GROUP BY j.tenant, j.n
  ),
  decided AS MATERIALIZED (
    SELECT coalesce((SELECT d.outcome FROM turned_down d WHERE d.n = j.n), 'appended') AS fate,
      j.head + j.brought
        - coalesce((SELECT sum(d.lost) FROM turned_down d WHERE d.tenant = j.tenant AND d.n < j.n), 0) AS position,
      CASE WHEN j.streams IS NULL THEN ARRAY[j.version]
        ELSE (SELECT array_agg(s.version) FROM judged s WHERE s.n = j.n AND s.more = 0)
      END AS versions,
      j.*
    FROM judged j
  ),
  command_log AS (
    INSERT INTO ledger.command (tenant_id, command_id, type, payload_hash, outcome, streams, versions, position,
      code, message, details, meta, recorded_at)
    SELECT d.tenant, d.command_id, d.command, d.payload_hash,
      CASE d.fate WHEN 'appended' THEN 'accepted' ELSE 'refused' END,
      coalesce(d.streams, ARRAY[d.stream]), d.versions, d.position,
      CASE d.fate WHEN 'claim-taken' THEN 'CLAIM_TAKEN' ELSE d.refusal ->> 'code' END,
      CASE d.fate WHEN 'claim-taken' THEN 'Another record holds it.' ELSE d.refusal ->> 'message' END,
      d.refusal -> 'details', d.meta::jsonb, d.recorded_at
    FROM decided d WHERE d.last AND d.fate IN ('appended', 'refused', 'claim-taken')
  ),
  events AS (
    INSERT INTO ledger.event (tenant_id, position, stream_id, version, type, type_version, data, meta, command_id,
      recorded_at, leaf_hash)
    SELECT d.tenant, d.position, d.stream, d.version, d.type, d.type_version, d.data::jsonb, d.meta::jsonb,
      d.command_id, d.recorded_at,
      -- RFC 6962 leaf of what EventStore.events returns, as RFC 8785 writes it; to_json escapes text just so.
      sha256('\x00'::bytea || convert_to(concat(
        '{"commandId":', to_json(d.command_id), ',"data":', d.data, ',"meta":', d.meta,
        ',"position":', d.position, ',"recordedAt":"',
        CASE d.recorded_at WHEN clock THEN clock_text
          ELSE to_char(d.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END,
        '","stream":', to_json(d.stream), ',"tenant":"', d.tenant, '","type":', to_json(d.type),
        ',"typeVersion":', d.type_version, ',"version":', d.version, '}'), 'UTF8'))
    FROM decided d WHERE d.fate = 'appended' AND d.type IS NOT NULL
  ),
  heads AS (
    -- Positions that are not dense make a NULL, which no head may be.
    UPDATE ledger.tenant t SET head = CASE h.head WHEN t.head + h.added THEN h.head END, recorded_at = h.recorded_at
    FROM (SELECT d.tenant, max(d.position) AS head, count(*) AS added, max(d.recorded_at) AS recorded_at
      FROM decided d WHERE d.fate = 'appended' AND d.type IS NOT NULL GROUP BY d.tenant) h
    WHERE t.tenant_id = h.tenant
  )
  SELECT json_agg(CASE d.fate
      WHEN 'appended' THEN json_build_array(d.n, d.fate, d.versions, d.position)
      WHEN 'duplicate' THEN json_build_array(d.n, d.fate, (d.known).versions, (d.known).position, (d.known).code,
        (d.known).message, (d.known).details)
      WHEN 'refused' THEN json_build_array(d.n, d.fate, d.versions, d.position, d.refusal -> 'code',
        d.refusal -> 'message', d.refusal -> 'details')
      WHEN 'claim-taken' THEN json_build_array(d.n, d.fate, d.versions, d.position, 'CLAIM_TAKEN',
        'Another record holds it.')
      ELSE json_build_array(d.n, d.fate)
    END)
  INTO outcomes FROM decided d WHERE d.last;

  IF claims IS NOT NULL THEN
    appended := ARRAY(SELECT (o ->> 0)::integer FROM json_array_elements(outcomes) o WHERE o ->> 1 = 'appended');
    UPDATE ledger.claim held SET tenant_id = c.tenant, stream_id = c.stream
      FROM json_to_recordset(claims)
        AS c(n integer, tenant text, stream text, namespace text, key text, "takenFrom" text)
      WHERE c.n = ANY (appended) AND held.namespace = c.namespace AND held.key = c.key
        AND held.tenant_id = c."takenFrom";
    INSERT INTO ledger.claim (namespace, key, tenant_id, stream_id)
      SELECT c.namespace, c.key, c.tenant, c.stream
      FROM json_to_recordset(claims) AS c(n integer, tenant text, stream text, namespace text, key text)
      WHERE c.n = ANY (appended)
        AND NOT EXISTS (SELECT FROM ledger.claim held WHERE held.namespace = c.namespace AND held.key = c.key);
  END IF;
  RETURN outcomes;
END $$;

GRANT CREATE ON SCHEMA ledger TO junheng_ledger;
ALTER FUNCTION ledger.append(text[], text, json) OWNER TO junheng_ledger;
REVOKE CREATE ON SCHEMA ledger FROM junheng_ledger;
REVOKE ALL ON FUNCTION ledger.append(text[], text, json) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.append(text[], text, json) TO junheng_app;
