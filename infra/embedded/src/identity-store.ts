type Payload = Record<string, unknown> & { uid?: string; grantId?: string; consumed?: number };

const MOST_ENTRIES = 50_000;

/** oidc-provider's sessions and refresh tokens, in memory: a restart signs everybody out. */
export function identityStore(now: () => number = Date.now): (model: string) => object {
  const entries = new Map<string, { payload: Payload; expiresAt: number }>();

  const read = (key: string): Payload | undefined => {
    const entry = entries.get(key);
    if (entry && entry.expiresAt > now()) return entry.payload;
    entries.delete(key);
    return undefined;
  };

  return (model) => ({
    upsert: async (id: string, payload: Payload, seconds?: number) => {
      const expiresAt = seconds === undefined ? Infinity : now() + seconds * 1_000;
      entries.set(`${model}:${id}`, { payload, expiresAt });
      for (const oldest of entries.keys()) {
        if (entries.size <= MOST_ENTRIES) break;
        entries.delete(oldest);
      }
    },
    find: async (id: string) => read(`${model}:${id}`),
    findByUid: async (uid: string) =>
      [...entries.keys()]
        .filter((key) => key.startsWith(`${model}:`))
        .map(read)
        .find((payload) => payload?.uid === uid),
    findByUserCode: async () => undefined,
    consume: async (id: string) => {
      const payload = read(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(now() / 1_000);
    },
    destroy: async (id: string) => void entries.delete(`${model}:${id}`),
    revokeByGrantId: async (grantId: string) => {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
