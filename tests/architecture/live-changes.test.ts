import { describe, expect, it } from 'vitest';
import { changedPaths } from '@/components/frame/changed-paths';
import { CHANGING } from '@/server/modules/core/changes/schema';
import { isTest, project } from './tree';

/** The things that entries of the trail are about, as the code that writes them names them. */
const trailed = new Set([
  ...project
    .codeIn(['server/modules'])
    .filter((file) => !isTest(file))
    .flatMap((file) => [...project.read(file).matchAll(/\bentity: '([a-z-]+)'/g)].map(([, entity]) => entity)),
  ...project
    .filesIn('prisma/routines')
    .flatMap((file) =>
      [...project.read(file).matchAll(/record_audit\([^;]*?'[a-z.-]+', '([a-z-]+)'/g)].map(([, one]) => one),
    ),
]);

const routers = project
  .codeIn(['server/modules'])
  .filter((file) => file.endsWith('/router.ts'))
  .map((file) => project.read(file))
  .join('\n');

describe('what changes elsewhere', () => {
  it.each(CHANGING)('%s is a thing that the trail names: one that it calls otherwise would never be shown', (kind) => {
    expect(trailed).toContain(kind);
  });

  it('is read again by procedures that there are', () => {
    const named = changedPaths(CHANGING).flatMap(([, procedure]) => procedure ?? []);
    for (const procedure of named) expect(routers).toMatch(new RegExp(`^  ${procedure}: `, 'm'));
  });

  it.each(['rate-card-version', 'service', 'customer'] as const)(
    'a %s: the till asks again for what it sells, and for the price of a sale that is under way',
    (kind) => {
      expect(changedPaths([kind])).toContainEqual(['till', 'sellable']);
      expect(changedPaths([kind])).toContainEqual(['till', 'quote']);
    },
  );
});
