import { useMutation, useQuery } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { attentionHeaders } from '@/components/api/attention';
import { makeQueryClient } from '@/components/api/query-client';
import { isRefusal } from '@/components/api/refusal';
import { beginLeaving, followSessionEnd } from '@/components/api/session-end';
import { setShownTo, shownToHeaders } from '@/components/api/shown-to';
import { useTRPC } from '@/components/api/trpc';
import { navigations } from '../navigations';
import { hookOnScreen } from '../on-screen';
import { refusalFrom } from '../refusal-from';
import { refuses, serverAnswers } from '../server-answers';

describe('a session that has ended (followSessionEnd)', () => {
  it('leads to signing in, and back to where one was', async () => {
    const gone = navigations();
    serverAnswers({ 'till.current': refuses('sign_in_first', {}, 401) });
    await hookOnScreen(() => useQuery(useTRPC().till.current.queryOptions()), { address: '/orders?q=mai' });
    await expect.poll(() => gone).toEqual([`/sign-in?callbackUrl=${encodeURIComponent('/orders?q=mai')}`]);
  });

  it('an act leads there as well; a one-time password leads to a password of one’s own; any other refusal stays', async () => {
    const gone = navigations();
    serverAnswers({ 'till.accept': refuses('password_change_first', {}, 403) });
    const { result, act } = await hookOnScreen(() => useMutation(useTRPC().till.accept.mutationOptions()));
    await act(() => result.current.mutate({ shiftId: '00000000-0000-7000-8000-000000000001' }));
    await expect.poll(() => gone).toEqual(['/password']);
    followSessionEnd(refusalFrom({ reason: 'not_permitted' }));
    followSessionEnd(refusalFrom(null));
    expect(gone).toHaveLength(1);
  });

  // Stands last: nothing leads on any longer in a page that is being left.
  it('leads nobody back who signs out (beginLeaving)', () => {
    const gone = navigations();
    followSessionEnd(refusalFrom({ reason: 'sign_in_first' }));
    expect(gone).toHaveLength(1);
    beginLeaving();
    followSessionEnd(refusalFrom({ reason: 'sign_in_first' }));
    expect(gone).toHaveLength(1);
  });
});

it('isRefusal: a refusal stays one; only what was lost on the way is tried again, twice', () => {
  const answered = (httpStatus: number) => Object.assign(new Error(), { data: { httpStatus } });
  expect([400, 403, 409, 429].map((status) => isRefusal(answered(status)))).toEqual([true, true, true, true]);
  expect([500, 503].map((status) => isRefusal(answered(status)))).toEqual([false, false]);
  expect([isRefusal(new Error('network')), isRefusal({ data: null })]).toEqual([false, false]);
  const { retry } = makeQueryClient().getDefaultOptions().queries ?? {};
  const tries = (failures: number, error: Error) => typeof retry === 'function' && retry(failures, error);
  expect([0, 1, 2].map((failures) => tries(failures, new Error('network')))).toEqual([true, true, false]);
  expect(tries(0, answered(409))).toBe(false);
});

it('a page says with all that it asks whom it was shown to (setShownTo, shownToHeaders)', async () => {
  serverAnswers({ 'till.current': () => null });
  const { result } = await hookOnScreen(() => useQuery(useTRPC().till.current.queryOptions()), { person: 'an' });
  await expect.poll(() => result.current.isSuccess).toBe(true);
  expect(vi.mocked(fetch).mock.calls[0]?.[1]?.headers).toMatchObject({ 'x-person': 'an' });
  expect(shownToHeaders()).toEqual({ 'x-person': 'an' });
  setShownTo(null);
  expect(shownToHeaders()).toEqual({});
});

it('attentionHeaders: who has given no sign for a minute keeps no session alive by what the screen asks by itself', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  window.dispatchEvent(new PointerEvent('pointerdown'));
  expect(attentionHeaders()).toEqual({});
  vi.setSystemTime(Date.now() + 60_001);
  expect(attentionHeaders()).toEqual({ 'x-unattended': '1' });
  window.dispatchEvent(new KeyboardEvent('keydown'));
  expect(attentionHeaders()).toEqual({});
  vi.useRealTimers();
});
