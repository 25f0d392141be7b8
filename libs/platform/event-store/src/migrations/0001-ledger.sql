-- Roles belong to the whole cluster: another database may be making them at this moment.
DO $$ BEGIN CREATE ROLE junheng_ledger NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE junheng_app LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
-- A migrating role that is no superuser must belong to the role that it gives functions to.
DO $$ BEGIN GRANT junheng_ledger TO CURRENT_USER; EXCEPTION WHEN unique_violation OR internal_error THEN NULL; END $$;

-- One row a ledger, locked while a batch appends to it: that is what makes positions dense.
CREATE TABLE ledger.tenant (
  tenant_id text COLLATE "C" PRIMARY KEY CHECK (tenant_id ~ '^([0-9]{2}){1,3}$'),
  head bigint NOT NULL DEFAULT 0,
  recorded_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);

CREATE TABLE ledger.event (
  tenant_id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  stream_id text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  type text NOT NULL,
  type_version integer NOT NULL,
  data jsonb NOT NULL,
  meta jsonb NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  recorded_at timestamptz NOT NULL,
  leaf_hash bytea NOT NULL,
  PRIMARY KEY (tenant_id, position),
  UNIQUE (tenant_id, stream_id, version)
);

-- Every command that was decided, once. An accepted one keeps what its streams came to; a refused one says why.
-- `meta` is kept where no event of the command at `position` has it.
CREATE TABLE ledger.command (
  tenant_id text COLLATE "C" NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  type text NOT NULL,
  payload_hash bytea NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('accepted', 'refused')),
  streams text[] COLLATE "C" NOT NULL,
  versions integer[] NOT NULL,
  position bigint NOT NULL,
  code text,
  message text,
  details jsonb,
  meta jsonb,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, command_id)
);

-- The registry over all tenants: the one table whose key does not begin with the tenant.
CREATE TABLE ledger.claim (
  namespace text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  tenant_id text COLLATE "C" NOT NULL,
  stream_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (namespace, key)
);

ALTER TABLE ledger.tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.tenant FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.event FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger.command ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.command FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger.claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.claim FORCE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA ledger TO junheng_ledger, junheng_app;
GRANT SELECT ON ledger.tenant, ledger.event, ledger.command, ledger.claim TO junheng_ledger, junheng_app;
GRANT INSERT ON ledger.tenant, ledger.event, ledger.command, ledger.claim TO junheng_ledger;
GRANT UPDATE (head, recorded_at) ON ledger.tenant TO junheng_ledger;
GRANT UPDATE (tenant_id, stream_id) ON ledger.claim TO junheng_ledger;

-- A scope is a prefix; '*' is the whole country. An empty or missing one matches nothing.
CREATE FUNCTION ledger.within(tenant text, region text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(region = '*' OR (region <> '' AND starts_with(tenant, region)), false);

-- Streams of a school have an id that begins with its code. No school means no narrowing.
CREATE FUNCTION ledger.of_school(stream text, school text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(school, '') = '' OR split_part(stream, '-', 2) = school;

-- The functions of the ledger check the scope that rides in the call; everyone else is held by these policies.
CREATE POLICY append ON ledger.tenant TO junheng_ledger USING (true) WITH CHECK (true);
CREATE POLICY append ON ledger.event TO junheng_ledger USING (true) WITH CHECK (true);
CREATE POLICY append ON ledger.command TO junheng_ledger USING (true) WITH CHECK (true);
CREATE POLICY append ON ledger.claim TO junheng_ledger USING (true) WITH CHECK (true);

CREATE POLICY scope ON ledger.tenant FOR SELECT TO junheng_app USING (
  ledger.within(tenant_id, (SELECT current_setting('junheng.region', true))));
CREATE POLICY scope ON ledger.event FOR SELECT TO junheng_app USING (
  ledger.within(tenant_id, (SELECT current_setting('junheng.region', true)))
  AND ledger.of_school(stream_id, (SELECT current_setting('junheng.school', true))));
CREATE POLICY scope ON ledger.command FOR SELECT TO junheng_app USING (
  ledger.within(tenant_id, (SELECT current_setting('junheng.region', true)))
  AND ((SELECT coalesce(current_setting('junheng.school', true), '')) = ''
    OR (SELECT current_setting('junheng.school', true)) = ALL (SELECT split_part(unnest(streams), '-', 2))));
CREATE POLICY scope ON ledger.claim FOR SELECT TO junheng_app USING (
  ledger.within(tenant_id, (SELECT current_setting('junheng.region', true)))
  AND (SELECT coalesce(current_setting('junheng.school', true), '')) = '');
