import { expect, it } from 'vitest';
import { z } from 'zod';
import { readFilters } from './read-filters';

const schema = z.object({ search: z.string().max(5).optional(), state: z.enum(['open', 'done']).optional() });
const fields = { q: 'search', s: 'state' };

it('takes what the schema knows, without blanks, and leaves out what is mangled, empty, repeated or not asked for', () => {
  expect(readFilters(schema, fields, { q: ' mai ', s: 'open', other: 'x' })).toEqual({ search: 'mai', state: 'open' });
  expect(readFilters(schema, fields, { q: 'too long', s: 'closed' })).toEqual({});
  expect(readFilters(schema, fields, { q: ['a', 'b'], s: '  ' })).toEqual({});
  expect(readFilters(schema, fields, { q: undefined, search: 'mai' })).toEqual({});
});
