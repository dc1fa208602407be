import { expect, it } from 'vitest';
import { nextStatements, statementPage } from './statement-page-input';

it('asks for what the address says; what is mangled is left out, what is too long is cut', () => {
  const asked = { month: '2026-10', search: 'an', state: 'draft', limit: 100 };
  expect(statementPage({ month: '2026-10', q: 'an', state: 'draft' })).toEqual(asked);
  expect(statementPage({ month: '2026-10', q: ['a'], state: 'gone' })).toEqual({ ...asked, search: '', state: null });
  expect(statementPage({ month: '2026-10', q: 'x'.repeat(101), state: '' }).search).toHaveLength(100);
  expect([nextStatements({ nextCursor: 'c' }), nextStatements({ nextCursor: null })]).toEqual(['c', null]);
});
