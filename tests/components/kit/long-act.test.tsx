import { afterEach, describe, expect, it, vi } from 'vitest';
import { actsNow, addAct, noActs, onActs, secondsLeft } from '@/components/kit/long-act/acts';
import { type LongAct, useIsUnderWay, useLongAct } from '@/components/kit/long-act/use-long-act';
import { inParts } from '@/components/operations/in-parts';
import { Button } from '@/components/ui/button';
import { onScreen } from '../on-screen';
import { expectText } from '../press';
import { refusalFrom } from '../refusal-from';

afterEach(() => {
  for (const act of actsNow()) act.dismiss();
});

function Page({ act, onBegun = () => {} }: { act: LongAct<number>; onBegun?: () => void }) {
  const begin = useLongAct();
  const busy = useIsUnderWay(act.key);
  return (
    <Button disabled={busy} onPress={() => void begin(act).then(onBegun, () => {})}>
      Làm
    </Button>
  );
}

const waiting = () => {
  let end: { done: (sum: number) => void; fail: (error: Error) => void } = { done: () => {}, fail: () => {} };
  const result = new Promise<number>((done, fail) => {
    end = { done, fail };
  });
  return { ...end, result };
};

describe('an act that takes long (useLongAct, useIsUnderWay)', () => {
  it('says its count on every page after a second, leaves what asked for it, and is not begun twice', async () => {
    const { result, done } = waiting();
    let count: (done: number) => void = () => {};
    const onDone = vi.fn<(result: number, isLong: boolean) => void>();
    const onBegun = vi.fn<() => void>();
    const run: LongAct<number>['run'] = (counting) => {
      count = counting;
      return result;
    };
    const act = { key: 'k', label: 'Đang gửi', total: 300, run, onDone };
    const screen = await onScreen(<Page act={act} onBegun={onBegun} />);
    await screen.getByRole('button', { name: 'Làm' }).click();
    expect(screen.getByRole('progressbar').elements()).toEqual([]);
    await expect.element(screen.getByRole('progressbar', { name: 'Đang gửi' })).toBeVisible();
    await expect.poll(() => onBegun.mock.calls.length).toBe(1);
    await expect.element(screen.getByRole('button', { name: 'Làm' })).toBeDisabled();
    count(120);
    await expect.element(screen.getByText(/^120 \/ 300/)).toBeVisible();
    await screen.rerender(<p>Trang khác</p>);
    count(200);
    await expect.element(screen.getByText(/^200 \/ 300/)).toBeVisible();
    done(300);
    await expect.element(screen.getByRole('progressbar')).not.toBeInTheDocument();
    expect(onDone).toHaveBeenCalledExactlyOnceWith(300, true);
  });

  it('what stops says why, and goes on where it stopped', async () => {
    const { result, fail } = waiting();
    const from: number[] = [];
    const run: LongAct<number>['run'] = (count, at) => {
      from.push(at);
      count(at === 0 ? 7 : 10);
      return at === 0 ? result : Promise.resolve(10);
    };
    const onDone = vi.fn<(result: number) => void>();
    const screen = await onScreen(
      <Page act={{ key: 'k', label: 'Đang gửi', total: 10, run, onDone, fromHere: true }} />,
    );
    await screen.getByRole('button', { name: 'Làm' }).click();
    await expect.element(screen.getByText(/giữ thẻ trình duyệt này mở/)).toBeVisible();
    const leaving = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leaving()).toBe(true);
    fail(refusalFrom({ reason: 'background_unavailable' }));
    await expectText(screen.getByRole('alert'), /Chưa xong: Đang gửi.*Máy chủ việc nền đang không trả lời/);
    expect(leaving()).toBe(false);
    await screen.getByRole('button', { name: 'Làm tiếp' }).click();
    await expect.poll(() => onDone.mock.calls.length).toBe(1);
    expect(from).toEqual([0, 7]);
    await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  });

  it('what stopped no longer needs its page, though what it changed cannot be read again yet', async () => {
    const { result, fail } = waiting();
    const onEnd = () => new Promise(() => {});
    const act = { key: 'k', label: 'Đang gửi', total: 10, run: () => result, onDone: () => {}, onEnd, fromHere: true };
    const screen = await onScreen(<Page act={act} />);
    await screen.getByRole('button', { name: 'Làm' }).click();
    await expect.element(screen.getByRole('progressbar')).toBeVisible();
    fail(refusalFrom({ reason: 'background_unavailable' }));
    await expect.element(screen.getByRole('alert')).toBeVisible();
    expect(screen.getByRole('progressbar').elements()).toEqual([]);
    await expect.element(screen.getByRole('button', { name: 'Làm', exact: true })).toBeEnabled();
    expect(window.dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(true);
  });

  it('what stopped does not go on while the same is done again (isUnderWay)', async () => {
    const turns = [waiting(), waiting()];
    let at = -1;
    const run = () => {
      at += 1;
      return turns[at]?.result ?? Promise.resolve(1);
    };
    const screen = await onScreen(<Page act={{ key: 'k', label: 'Đang gửi', total: 10, run, onDone: () => {} }} />);
    const button = screen.getByRole('button', { name: 'Làm', exact: true });
    await button.click();
    await expect.element(screen.getByRole('progressbar')).toBeVisible();
    turns[0]?.fail(refusalFrom({ reason: 'background_unavailable' }));
    const again = screen.getByRole('button', { name: 'Làm tiếp' });
    await expect.element(again).toBeEnabled();
    await button.click();
    await expect.element(screen.getByRole('progressbar')).toBeVisible();
    await expect.element(again).toBeDisabled();
    turns[1]?.done(1);
    await expect.element(again).toBeEnabled();
  });

  it('what is done within a second, or refused, is said where it was asked for', async () => {
    const onDone = vi.fn<(result: number, isLong: boolean) => void>();
    const act = { key: 'k', label: 'Đang gửi', total: 1, run: async () => 1, onDone };
    const screen = await onScreen(<Page act={act} />);
    await screen.getByRole('button', { name: 'Làm' }).click();
    await expect.poll(() => onDone.mock.calls).toEqual([[1, false]]);
    expect(actsNow()).toEqual([]);
  });
});

it('who looks on hears of each change; the server has none to show (addAct, onActs, noActs)', () => {
  const heard = vi.fn<() => void>();
  const stop = onActs(heard);
  const act = {
    key: 'k',
    label: 'Đang gửi',
    done: 0,
    from: 0,
    total: 2,
    since: 0,
    fromHere: false,
    failure: null,
    again: () => {},
  };
  const { change, remove } = addAct(act);
  change({ done: 1 });
  expect(actsNow()).toMatchObject([{ done: 1, total: 2 }]);
  remove();
  expect([actsNow().length, noActs().length, heard.mock.calls.length]).toEqual([0, 0, 3]);
  stop();
});

it('the time that is left goes by the pace so far, and is said from ten seconds on (secondsLeft)', () => {
  const act = { done: 100, from: 0, total: 300, since: 0 };
  expect(secondsLeft(act, 20_000)).toBe(40);
  expect(secondsLeft(act, 2_000)).toBeUndefined();
  expect(secondsLeft({ ...act, done: 0 }, 20_000)).toBeUndefined();
  expect(secondsLeft({ ...act, total: null }, 20_000)).toBeUndefined();
  // What was done before it was begun again is no pace.
  expect(secondsLeft({ ...act, from: 50 }, 20_000)).toBe(80);
  expect(secondsLeft({ ...act, from: 100 }, 20_000)).toBeUndefined();
});

it('an act on many runs is done in parts, counted, and goes on after a refusal (inParts)', async () => {
  const ids = Array.from({ length: 45 }, (_, at) => `r${at}`);
  const parts: number[] = [];
  let refuse = true;
  const act = inParts(ids, async (part) => {
    if (parts.length === 1 && refuse) throw new Error('no');
    parts.push(part.length);
    return { done: part.length - 1, left: 1 };
  });
  const counted: number[] = [];
  await expect(act((done) => counted.push(done), 0)).rejects.toThrow('no');
  refuse = false;
  await expect(act((done) => counted.push(done), 20)).resolves.toEqual({ done: 42, left: 3 });
  expect(parts).toEqual([20, 20, 5]);
  expect(counted).toEqual([20, 40, 45]);
});
