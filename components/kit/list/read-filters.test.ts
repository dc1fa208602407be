import { expect, it } from 'vitest';
import { dayOf, oneOf, sortOf, textUpTo } from '@/server/domain/list-fields';
import { BY_Q, readFilters } from './read-filters';

const readers = { search: textUpTo('shortCode'), state: oneOf(['open', 'done']), sort: sortOf(['name']), on: dayOf };

it('takes what the readers know, without blanks, and leaves out what is mangled, empty, repeated or not asked for', () => {
  const read = (params: Record<string, string | string[] | undefined>) => readFilters(readers, BY_Q, params);
  expect(read({ q: ' mai ', state: 'open', other: 'x' })).toEqual({ search: 'mai', state: 'open' });
  expect(read({ sort: '-name', on: '2028-02-29' })).toEqual({ sort: '-name', on: '2028-02-29' });
  expect(read({ q: 'x'.repeat(21), state: 'closed', sort: '--name', on: '2026-02-29' })).toEqual({});
  expect(read({ q: ['a', 'b'], state: '  ', on: '0000-01-01' })).toEqual({});
  expect(read({ q: undefined, search: 'mai', on: '2026-1-1' })).toEqual({});
});
