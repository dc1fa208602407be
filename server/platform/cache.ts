import { LRUCache } from 'lru-cache';

/** A cache of answers that may be a little old. An adapter for a shared store has the same two methods. */
export interface Cache {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
}

const entries = new LRUCache<string, string>({
  max: 10_000,
  maxSize: 64 * 1024 * 1024,
  sizeCalculation: (v) => v.length + 1,
});

/** Within this process; right for one web process, and still right, only less shared, for several. */
export const cache: Cache = {
  get: async (key) => entries.get(key),
  set: async (key, value, ttlSeconds) => {
    entries.set(key, value, { ttl: ttlSeconds * 1000 });
  },
};
