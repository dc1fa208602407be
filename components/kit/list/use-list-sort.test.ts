import { expect, it } from 'vitest';
import { readSort, writeSort } from './use-list-sort';

it('an order is a column, a dash before it for the other way round', () => {
  expect(readSort('')).toBeUndefined();
  expect(readSort('net')).toEqual({ column: 'net', direction: 'ascending' });
  expect(readSort('-net')).toEqual({ column: 'net', direction: 'descending' });
  for (const text of ['net', '-net'])
    expect(writeSort(readSort(text) ?? { column: '', direction: 'ascending' })).toBe(text);
});
