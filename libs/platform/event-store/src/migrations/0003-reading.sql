-- The events of many streams of many tenants, each after a version that the caller already has, in order:
-- [the tenant's head, the stream's version, [[type, type version, data], ...]].
-- Out of scope reads as empty.
CREATE FUNCTION ledger.read_streams(streams json) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET jit = off
AS $$ BEGIN
  RETURN (
    SELECT json_agg(json_build_array(coalesce(t.head, 0), e.version, e.events) ORDER BY s.n)
    FROM json_to_recordset(streams)
      AS s(n integer, tenant text, stream text, after integer, region text, school text)
    LEFT JOIN ledger.tenant t ON t.tenant_id = s.tenant
    CROSS JOIN LATERAL (
      SELECT coalesce(max(e.version), s.after) AS version,
        coalesce(json_agg(json_build_array(e.type, e.type_version, e.data) ORDER BY e.version), '[]') AS events
      FROM ledger.event e
      WHERE e.tenant_id = s.tenant AND e.stream_id = s.stream AND e.version > s.after
        AND ledger.within(s.tenant, s.region) AND ledger.of_school(s.stream, s.school)) e
  );
END $$;

CREATE FUNCTION ledger.open_tenants(tenants text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ INSERT INTO ledger.tenant (tenant_id) SELECT unnest(tenants) ORDER BY 1 ON CONFLICT DO NOTHING $$;

GRANT CREATE ON SCHEMA ledger TO junheng_ledger;
ALTER FUNCTION ledger.read_streams(json) OWNER TO junheng_ledger;
ALTER FUNCTION ledger.open_tenants(text[]) OWNER TO junheng_ledger;
REVOKE CREATE ON SCHEMA ledger FROM junheng_ledger;
REVOKE ALL ON FUNCTION ledger.read_streams(json), ledger.open_tenants(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.read_streams(json), ledger.open_tenants(text[]) TO junheng_app;
