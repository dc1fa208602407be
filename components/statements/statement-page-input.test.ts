import { expect, it } from 'vitest';
import { nextStatements, statementPage } from './statement-page-input';

it('asks for what the address says; what is mangled or too long is left out', () => {
  const asked = { month: '2026-10', search: 'an', state: 'draft', sort: '-payable', limit: 100 };
  expect(statementPage('2026-10', { q: 'an', state: 'draft', sort: '-payable' })).toEqual(asked);
  const mangled = { q: ['a'], state: 'gone', sort: 'unknown', month: '2020-01' };
  expect(statementPage('2026-10', mangled)).toEqual({ month: '2026-10', limit: 100 });
  expect(statementPage('2026-10', { q: 'x'.repeat(101), state: '' })).toEqual({ month: '2026-10', limit: 100 });
  expect([nextStatements({ nextCursor: 'c' }), nextStatements({ nextCursor: null })]).toEqual(['c', null]);
});
