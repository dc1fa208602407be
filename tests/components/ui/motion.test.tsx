import { afterEach, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { useArrived } from '@/components/kit/list/use-arrived';
import type { Column } from '@/components/ui/data-table';
import { DataTable } from '@/components/ui/data-table';
import { useRunningCount } from '@/components/ui/use-running-count';
import { onScreen } from '../on-screen';

const asked = (motion: 'reduce' | 'no-preference') =>
  cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: motion }] });
afterEach(() => asked('no-preference'));

const COLUMNS: Column<string>[] = [{ id: 'name', header: 'Tên', cell: (row) => row }];
const list = (rows: string[], arrived: string[] = []) => (
  <DataTable label="Đơn" columns={COLUMNS} rows={rows} rowKey={(row) => row} arrived={new Set(arrived)} />
);
const durationsOf = (element: Element) =>
  element.getAnimations().map((animation) => animation.effect?.getComputedTiming().duration);

it('a row that comes by itself appears within 120 ms, the others stand still', async () => {
  await asked('no-preference');
  const screen = await onScreen(list(['Bình', 'Chi']));
  await screen.rerender(list(['An', 'Bình', 'Chi'], ['An']));
  expect(durationsOf(screen.getByRole('row', { name: 'An' }).element())).toEqual([120]);
  expect(durationsOf(screen.getByRole('row', { name: 'Bình' }).element())).toEqual([]);
});

it('who asked for no motion sees it there at once', async () => {
  await asked('reduce');
  const screen = await onScreen(list(['An'], ['An']));
  for (const duration of durationsOf(screen.getByRole('row', { name: 'An' }).element())) expect(duration).toBe(1);
});

function Live({ asked: address, rows }: { asked: string; rows: string[] }) {
  return <p data-testid="arrived">{[...useArrived(address, rows)].join()}</p>;
}

it('news is what came into the list that stands, for a moment; what another filter shows is none', async () => {
  const screen = await onScreen(<Live asked="all" rows={['Bình']} />);
  const arrived = screen.getByTestId('arrived');
  await screen.rerender(<Live asked="all" rows={['An', 'Bình']} />);
  await expect.element(arrived).toHaveTextContent('An');
  await expect.element(arrived).toHaveTextContent('');
  await screen.rerender(<Live asked="paid" rows={['Chi', 'An', 'Bình']} />);
  await expect.element(arrived).toHaveTextContent('');
});

function Count({ of }: { of: number }) {
  return <p data-testid="count">{useRunningCount(of)}</p>;
}

/** All that stood there on the way to the last. */
async function waysOf(element: Element, last: string): Promise<number[]> {
  const seen = [Number(element.textContent)];
  await new Promise<void>((done) => {
    const watch = new MutationObserver(() => {
      seen.push(Number(element.textContent));
      if (element.textContent !== last) return;
      watch.disconnect();
      done();
    });
    watch.observe(element, { characterData: true, subtree: true, childList: true });
    if (element.textContent === last) done();
  });
  return seen;
}

it('the count of what is published runs, and is never more than there is', async () => {
  await asked('no-preference');
  const screen = await onScreen(<Count of={0} />);
  const element = screen.getByTestId('count').element();
  const seen = waysOf(element, '1000');
  await screen.rerender(<Count of={1000} />);
  const counts = await seen;
  expect(counts.length).toBeGreaterThan(3);
  expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  expect(counts.at(-1)).toBe(1000);
});

it('for who asked for no motion it says what it is', async () => {
  await asked('reduce');
  const screen = await onScreen(<Count of={0} />);
  await screen.rerender(<Count of={1000} />);
  await expect.element(screen.getByTestId('count')).toHaveTextContent('1000');
});
