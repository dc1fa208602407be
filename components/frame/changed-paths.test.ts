import { expect, it } from 'vitest';
import { CHANGING } from '@/server/modules/core/changes/schema';
import { changedPaths } from './changed-paths';

it('names what shows a kind, each procedure once however many kinds it shows', () => {
  expect(changedPaths(['gate-session', 'otp-challenge'])).toEqual([['gate', 'life']]);
  expect(changedPaths(['shift', 'saved-view'])).toContainEqual(['savedViews']);
  expect(changedPaths([])).toEqual([]);
  for (const kind of CHANGING) expect(changedPaths([kind]).length, kind).toBeGreaterThan(0);
});
