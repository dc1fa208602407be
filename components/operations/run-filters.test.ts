import { describe, expect, it } from 'vitest';
import { runAddress, runPage, runsAddress, runsAsked } from './run-filters';

describe('the filters of an address', () => {
  it('are taken as the list takes them', () => {
    const params = { q: ' Q3-261126 ', state: 'failed', function: 'pos-order', tier: 'vip1', error: 'sms_refused' };
    expect(runPage(params)).toEqual({
      search: 'Q3-261126',
      state: 'failed',
      functionId: 'pos-order',
      tier: 'vip1',
      errorCode: 'sms_refused',
      open: false,
      limit: 100,
    });
  });

  it('know a word for all that has not ended', () => {
    expect(runPage({ state: 'open' })).toEqual({ open: true, limit: 100 });
  });

  it('are left out where they are none', () => {
    const mangled = { state: 'gone', tier: 'gold', q: ['a', 'b'], function: 'x'.repeat(101), error: ' ', run: 'r1' };
    expect(runPage(mangled)).toEqual({ open: false, limit: 100 });
  });

  it('make an address that reads the same again', () => {
    const address = new URL(runsAddress({ state: 'failed', functionId: 'order', errorCode: 'a b' }), 'http://portal');
    expect(address.pathname).toBe('/operations/runs');
    expect(runsAddress({})).toBe('/operations/runs');
    expect(runAddress('r1')).toBe('/operations/runs/r1');
    expect(runPage(Object.fromEntries(address.searchParams))).toMatchObject({
      state: 'failed',
      functionId: 'order',
      errorCode: 'a b',
    });
  });

  it('that the overview still gets, from before runs had an address of their own, lead to the runs', () => {
    expect(runsAsked({ state: 'failed', function: 'pos-order', other: 'x' })).toBe(
      '/operations/runs?state=failed&function=pos-order',
    );
    expect(runsAsked({ state: '', other: 'x' })).toBeNull();
  });
});
