import { expect, it } from 'vitest';
import { orderFilters } from './order-filters';

it('takes the filters of an address and leaves out what is none', () => {
  const params = {
    q: ' lan ',
    from: '2026-10-01',
    to: 'tomorrow',
    state: 'paid',
    source: 'fax',
    branch: 'Q1',
    open: 'x',
    other: '1',
  };
  expect(orderFilters(params)).toEqual({ search: 'lan', from: '2026-10-01', state: 'paid', branch: 'Q1' });
  expect(orderFilters({ q: ['a', 'b'], state: '' })).toEqual({});
});
