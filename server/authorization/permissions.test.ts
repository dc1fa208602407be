import { expect, it } from 'vitest';
import type { Role } from '@/server/domain/role';
import { branchScope, HOMES, type Place, placesOf } from './permissions';

const NO_BRANCH = '00000000-0000-0000-0000-000000000000';

const WORKPLACES: [role: Role, home: Place, places: Place[], branch: 'own' | 'every'][] = [
  ['cashier', '/pos', ['/pos', '/pos/shifts', '/orders', '/patients', '/rate-cards', '/doctors'], 'own'],
  [
    'branch-manager',
    '/orders',
    ['/pos', '/pos/shifts', '/today', '/orders', '/patients', '/uploads', '/rate-cards', '/doctors'],
    'own',
  ],
  ['upload-operator', '/uploads', ['/orders', '/patients', '/uploads', '/rate-cards', '/doctors'], 'every'],
  ['finance', '/statements', ['/orders', '/rate-cards', '/statements', '/doctors'], 'every'],
  ['clinician', '/today', ['/today', '/orders', '/patients', '/doctors'], 'own'],
  [
    'administrator',
    '/operations',
    ['/orders', '/patients', '/uploads', '/rate-cards', '/statements', '/doctors', '/operations', '/audit'],
    'every',
  ],
  [
    'auditor',
    '/audit',
    ['/orders', '/patients', '/uploads', '/rate-cards', '/statements', '/doctors', '/operations', '/audit'],
    'every',
  ],
];

it.each(WORKPLACES)(
  'a %s begins the day at %s, is led to what may be read, and sees its branches',
  (role, home, places, branch) => {
    expect(HOMES[role]).toBe(home);
    expect(placesOf(role)).toEqual(places);
    expect(places).toContain(home);
    const seen = branch === 'own' ? ['q1', NO_BRANCH] : [null, null];
    expect([branchScope({ role, branchId: 'q1' }), branchScope({ role, branchId: null })]).toEqual(seen);
  },
);
