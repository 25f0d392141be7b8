-- What became of a command. In order of precedence: a command fares as the worst of its rows.
CREATE TYPE ledger.outcome AS ENUM (
  'tenant-unknown', 'scope-exceeded', 'duplicate', 'id-reused', 'refused', 'conflict', 'claim-taken', 'appended');

CREATE FUNCTION ledger.instant(at timestamptz) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- RFC 6962 leaf of what EventStore.events returns, as RFC 8785 writes it; to_json escapes text just so.
CREATE FUNCTION ledger.leaf(tenant text, "position" bigint, stream text, version integer, type text,
  type_version integer, data text, meta text, command_id text, instant text) RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN sha256('\x00'::bytea || convert_to(concat(
    '{"commandId":', to_json(command_id), ',"data":', data, ',"meta":', meta, ',"position":', "position",
    ',"recordedAt":"', instant, '","stream":', to_json(stream), ',"tenant":"', tenant, '","type":', to_json(type),
    ',"typeVersion":', type_version, ',"version":', version, '}'), 'UTF8'));

-- A batch carries the decisions of many commands of many tenants. It has a line for each event, and one for each stream to
-- which a command adds nothing; the lines of a command are together. A line has these fields, separated by tabs, empty
-- for NULL; canonical JSON holds neither tabs nor line ends:
--   1 command, from 1   2 t: its last line   3 its streams, when it has several
--   4 tenant, by number   5 command id   6 type of the command   7 hash of its payload   8 region   9 school   10 stream
--   11 expected version   12 which event of the command for this stream, from 1   13 how many of them follow
--   14 how many events the batch has brought to the tenant so far   15 event type   16 type version
--   17 meta   18 data   19 refusal (all three canonical JSON)

-- Judges each command by itself and says what became of it:
-- [command, outcome, versions of its streams, position, code, message, details].
CREATE FUNCTION ledger.append_judged(tenants text[], batch text, claims json) RETURNS json
LANGUAGE plpgsql
AS $$
DECLARE
  clock timestamptz;
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
      SELECT f[1]::integer AS n, f[2] IS NOT NULL AS last, f[3]::text[] AS streams, tenants[f[4]::integer] AS tenant,
        f[5] AS command_id, f[6] AS command, decode(f[7], 'hex') AS payload_hash, f[8] AS region, f[9] AS school,
        f[10] AS stream, f[11]::integer AS expected, f[12]::integer AS nth, f[13]::integer AS more,
        f[14]::integer AS brought, f[15] AS type, f[16]::integer AS type_version, f[17] AS meta, f[18] AS data,
        f[19] AS refusal
      FROM (SELECT string_to_array(line, E'\t', '') AS f FROM string_to_table(batch, E'\n') line OFFSET 0) b OFFSET 0
    ) r
    LEFT JOIN ledger.tenant t ON t.tenant_id = r.tenant
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
        - coalesce((SELECT sum(d.lost) FROM turned_down d WHERE d.tenant = j.tenant AND d.n < j.n), 0)::bigint AS position,
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
      d.refusal -> 'details', CASE WHEN d.fate <> 'appended' OR d.type IS NULL THEN d.meta::jsonb END, d.recorded_at
    FROM decided d WHERE d.last AND d.fate IN ('appended', 'refused', 'claim-taken')
  ),
  events AS (
    INSERT INTO ledger.event (tenant_id, position, stream_id, version, type, type_version, data, meta, command_id,
      recorded_at, leaf_hash)
    SELECT d.tenant, d.position, d.stream, d.version, d.type, d.type_version, d.data::jsonb, d.meta::jsonb,
      d.command_id, d.recorded_at,
      ledger.leaf(d.tenant, d.position, d.stream, d.version, d.type, d.type_version, d.data, d.meta, d.command_id,
        ledger.instant(d.recorded_at))
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

-- Appends a batch. A smooth one has only commands for one stream each that add events at an expected version. When all of
-- them turn out to be new, in scope and in time, the answer is the tenants' new heads; otherwise it is as if judged.
CREATE FUNCTION ledger.append(tenants text[], brought integer[], batch text, claims json, smooth boolean) RETURNS json
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
  clock timestamptz := clock_timestamp();
  clock_text text := to_char(clock AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  heads bigint[];
  clocks timestamptz[];
  inserted bigint;
BEGIN
  IF NOT smooth THEN
    RETURN ledger.append_judged(tenants, batch, claims);
  END IF;

  -- Locks in this order, whoever calls: then two batches cannot wait for each other.
  WITH locked AS (
    UPDATE ledger.tenant t SET head = t.head + b.added, recorded_at = greatest(t.recorded_at, clock)
    FROM (SELECT * FROM unnest(tenants, brought) WITH ORDINALITY AS b(tenant, added, i) ORDER BY tenant) b
    WHERE t.tenant_id = b.tenant RETURNING b.i, t.head, t.recorded_at)
  SELECT array_agg(l.head ORDER BY l.i), array_agg(l.recorded_at ORDER BY l.i) INTO heads, clocks FROM locked l;

  -- A statement of its own, because it must see what the former holders of those locks have committed.
  WITH line AS MATERIALIZED (
    SELECT f[2] AS last, tenants[f[4]::integer] AS tenant, clocks[f[4]::integer] AS recorded_at,
      CASE WHEN f[14]::integer BETWEEN 1 AND brought[f[4]::integer]
        THEN heads[f[4]::integer] - brought[f[4]::integer] + f[14]::integer END AS position,
      f[5] AS command_id, f[6] AS command, f[7] AS payload_hash, f[8] AS region, f[9] AS school, f[10] AS stream,
      f[11]::integer AS expected, f[11]::integer + f[12]::integer AS version,
      f[15] AS type, f[16]::integer AS type_version, f[17] AS meta, f[18] AS data
    FROM (SELECT string_to_array(line, E'\t', '') AS f FROM string_to_table(batch, E'\n') line OFFSET 0) b
  ),
  command_log AS (
    INSERT INTO ledger.command (tenant_id, command_id, type, payload_hash, outcome, streams, versions, position,
      recorded_at)
    SELECT l.tenant, l.command_id, l.command, decode(l.payload_hash, 'hex'), 'accepted', ARRAY[l.stream],
      ARRAY[l.version], l.position, l.recorded_at
    FROM line l WHERE l.last = 't'
  )
  INSERT INTO ledger.event (tenant_id, position, stream_id, version, type, type_version, data, meta, command_id,
    recorded_at, leaf_hash)
  SELECT l.tenant, l.position, l.stream, l.version, l.type, l.type_version, l.data::jsonb, l.meta::jsonb, l.command_id,
    l.recorded_at, ledger.leaf(l.tenant, l.position, l.stream, l.version, l.type, l.type_version, l.data, l.meta,
      l.command_id, CASE l.recorded_at WHEN clock THEN clock_text ELSE ledger.instant(l.recorded_at) END)
  FROM line l
  WHERE ledger.within(l.tenant, l.region) AND ledger.of_school(l.stream, l.school)
    AND l.expected = coalesce((
      SELECT e.version FROM ledger.event e
      WHERE e.tenant_id = l.tenant AND e.stream_id = l.stream AND e.version >= l.expected
      ORDER BY e.version DESC LIMIT 1), 0);

  GET DIAGNOSTICS inserted = ROW_COUNT;
  IF cardinality(heads) <> cardinality(tenants) OR inserted <> (SELECT sum(added) FROM unnest(brought) added) THEN
    RAISE EXCEPTION 'not smooth' USING ERRCODE = 'JH001';
  END IF;
  RETURN json_build_object('heads', heads);
EXCEPTION WHEN unique_violation OR not_null_violation OR SQLSTATE 'JH001' THEN
  RETURN ledger.append_judged(tenants, batch, claims);
END $$;

GRANT CREATE ON SCHEMA ledger TO junheng_ledger;
ALTER FUNCTION ledger.append_judged(text[], text, json) OWNER TO junheng_ledger;
ALTER FUNCTION ledger.append(text[], integer[], text, json, boolean) OWNER TO junheng_ledger;
REVOKE CREATE ON SCHEMA ledger FROM junheng_ledger;
REVOKE ALL ON FUNCTION ledger.append_judged(text[], text, json) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger.append(text[], integer[], text, json, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.append(text[], integer[], text, json, boolean) TO junheng_app;
