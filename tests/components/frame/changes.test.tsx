import { useQuery } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { useTRPC } from '@/components/api/trpc';
import { useChanges } from '@/components/frame/use-changes';
import { TodayScreen } from '@/components/orders/today-screen';
import { onScreen } from '../on-screen';
import { sentTo, serverAnswers } from '../server-answers';

/** What the browser's own EventSource would bring. */
class Events extends EventTarget {
  static open: Events[] = [];
  static readonly CLOSED = 2;
  readyState = 1;
  constructor(readonly url: string) {
    super();
    Events.open.push(this);
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('connected', { data: '{}' })));
  }
  close() {
    this.readyState = 2;
    Events.open = Events.open.filter((one) => one !== this);
  }
  send(kinds: string[]) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ json: kinds }), lastEventId: '' }));
  }
}

const real = globalThis.EventSource;
const visible = (state: DocumentVisibilityState) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
};
afterEach(() => {
  globalThis.EventSource = real;
  vi.useRealTimers();
  vi.restoreAllMocks();
  Events.open = [];
});

function Branches() {
  useChanges();
  const { data } = useQuery(useTRPC().orders.branches.queryOptions());
  return <p>{data?.length} chi nhánh</p>;
}

it('what changed elsewhere is read again, what did not is left; a page that nobody sees keeps no connection (useChanges)', async () => {
  globalThis.EventSource = Events as unknown as typeof EventSource;
  visible('visible');
  let branches = 1;
  const sent = serverAnswers({
    'orders.branches': () => Array.from({ length: branches }, (_, at) => ({ code: `B${at}`, nameVi: '', nameEn: '' })),
  });
  const screen = await onScreen(<Branches />);
  await expect.element(screen.getByText('1 chi nhánh')).toBeVisible();
  await expect.poll(() => Events.open.length).toBe(1);
  branches = 2;
  Events.open[0]?.send(['doctor']);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(sentTo(sent, 'orders.branches')).toHaveLength(1);
  Events.open[0]?.send(['order']);
  Events.open[0]?.send(['order', 'shift']);
  await expect.element(screen.getByText('2 chi nhánh')).toBeVisible();
  expect(sentTo(sent, 'orders.branches')).toHaveLength(2);
  visible('hidden');
  await expect.poll(() => Events.open.length).toBe(0);
  branches = 3;
  visible('visible');
  await expect.element(screen.getByText('3 chi nhánh')).toBeVisible();
  await expect.poll(() => Events.open.length).toBe(1);
});

it('a page that is left open over midnight shows the new day, in a branch where nothing happens as well (useToday)', async () => {
  globalThis.EventSource = Events as unknown as typeof EventSource;
  visible('visible');
  vi.useFakeTimers({
    toFake: ['Date', 'setInterval', 'clearInterval'],
    now: new Date('2026-11-30T16:59:45Z'),
  });
  const sent = serverAnswers({ 'orders.today': () => [] });
  function Clinician() {
    useChanges();
    return <TodayScreen mostShown={9} />;
  }
  const screen = await onScreen(<Clinician />);
  await expect.element(screen.getByRole('heading', { name: /30\/11\/2026/ })).toBeVisible();
  await expect.poll(() => sentTo(sent, 'orders.today').length).toBe(1);
  vi.advanceTimersByTime(30_000);
  await expect.element(screen.getByRole('heading', { name: /01\/12\/2026/ })).toBeVisible();
  await expect.poll(() => sentTo(sent, 'orders.today').length).toBe(2);
});
