import type { RateCardRow, VersionGiven } from './schema';

/** Gathers rows into versions: same card and same validity, in the order in which they first appear. */
export function gatherVersions(rows: RateCardRow[]): VersionGiven[] {
  const versions = new Map<string, VersionGiven>();
  for (const { service_code, price, ...head } of rows) {
    const key = [head.rate_card, head.valid_from, head.valid_to].join('|');
    const version = versions.get(key) ?? { ...head, items: [] };
    version.items.push({ service_code, price });
    versions.set(key, version);
  }
  return [...versions.values()];
}

/** `branch:Q3` as its kind and the code behind it. */
export function splitScope(scope: string): { kind: string; code: string | null } {
  const [kind = '', code = null] = scope.split(':', 2);
  return { kind, code };
}
