import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ChartFrame } from '@/components/ui/charts/chart-frame';
import { ColumnChart } from '@/components/ui/charts/column-chart';
import { LineChart } from '@/components/ui/charts/line-chart';
import { ShareBar } from '@/components/ui/charts/share-bar';
import { Sparkline } from '@/components/ui/charts/sparkline';
import { axeProblems } from '../network';
import { onScreen } from '../on-screen';

const points = [100, 50, 112].map((value, at) => ({
  id: `p${at}`,
  label: `${String(at + 8).padStart(2, '0')}/2026`,
  value,
  text: `${value}.000 đ`,
}));

/** Away from where the charts stand. */
beforeEach(() => userEvent.hover(page.elementLocator(document.documentElement), { position: { x: 600, y: 800 } }));

const readout = () => document.querySelector('[data-readout]')?.textContent;

describe('columns', () => {
  it('stand 48 px high, and say the one that the page is about, with its change', async () => {
    const screen = await onScreen(<ColumnChart label="Hoa hồng" points={points} current="p1" />);
    const chart = screen.getByRole('list', { name: 'Hoa hồng' });
    expect(chart.element().getBoundingClientRect().height).toBe(48);
    await expect.poll(readout).toBe('09/202650.000 đ-50% so với 08/2026');
    expect(await axeProblems()).toEqual([]);
  });

  it('under a hand each says its figure and how it differs from the one before', async () => {
    const screen = await onScreen(<ColumnChart label="Hoa hồng" points={points} current="p1" />);
    await screen.getByRole('button', { name: '10/2026: 112.000 đ' }).hover();
    await expect.poll(readout).toBe('10/2026112.000 đ+124% so với 09/2026');
    await screen.getByRole('button', { name: '08/2026: 100.000 đ' }).hover();
    await expect.poll(readout).toBe('08/2026100.000 đChưa có kỳ trước để so');
  });

  it('are one stop of Tab; arrows, Home and End go along them', async () => {
    const screen = await onScreen(<ColumnChart label="Hoa hồng" points={points} hrefOf={(id) => `#${id}`} />);
    await userEvent.tab();
    const focused = () => document.activeElement?.getAttribute('aria-label');
    expect(focused()).toBe('10/2026: 112.000 đ');
    await userEvent.keyboard('{ArrowLeft}');
    expect(focused()).toBe('09/2026: 50.000 đ');
    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(focused()).toBe('08/2026: 100.000 đ');
    await expect.poll(readout).toContain('100.000 đ');
    await userEvent.keyboard('{End}');
    expect(focused()).toBe('10/2026: 112.000 đ');
    await expect.element(screen.getByRole('link', { name: /^10\/2026/ })).toHaveAttribute('href', '#p2');
  });
});

it.each([
  ['ColumnChart', <ColumnChart key="c" label="Hình" points={points} />],
  ['LineChart', <LineChart key="l" label="Hình" points={points} tickText={String} />],
  ['Sparkline', <Sparkline key="s" label="Hình" points={points} />],
])('%s has the table of its figures behind it', async (_, chart) => {
  const screen = await onScreen(chart);
  const table = screen.getByRole('table', { name: 'Hình' });
  expect(table.element().querySelectorAll('tbody tr')).toHaveLength(3);
  await expect.element(table.getByRole('row', { name: '09/2026 50.000 đ' })).toBeInTheDocument();
});

it('a line is gone along by hand and by keys, and says where one is', async () => {
  const screen = await onScreen(<LineChart label="Lượt" points={points} tickText={String} />);
  const slider = screen.getByRole('slider', { name: 'Lượt' });
  await expect.element(slider).toHaveAttribute('aria-valuetext', '10/2026: 112.000 đ');
  await userEvent.tab();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(slider).toHaveAttribute('aria-valuetext', '09/2026: 50.000 đ');
  await slider.hover({ position: { x: 2, y: 50 } });
  await expect.element(slider).toHaveAttribute('aria-valuetext', '08/2026: 100.000 đ');
  expect(await axeProblems()).toEqual([]);
});

it('a chart turns into its table and back', async () => {
  const screen = await onScreen(
    <ChartFrame label="Lượt" points={points}>
      <p>hình</p>
    </ChartFrame>,
  );
  await screen.getByRole('button', { name: 'Xem dạng bảng' }).click();
  await expect.element(screen.getByRole('table', { name: 'Lượt' })).toBeVisible();
  expect(screen.getByText('hình').elements()).toHaveLength(0);
  await screen.getByRole('button', { name: 'Xem dạng biểu đồ' }).click();
  await expect.element(screen.getByText('hình')).toBeVisible();
});

it('shares of a whole are written beside their bar, and add up', async () => {
  const screen = await onScreen(<ShareBar label="Doanh thu" points={points} />);
  const parts = screen.getByRole('list', { name: 'Doanh thu' }).getByRole('listitem').elements();
  expect(parts.map((part) => part.textContent)).toEqual([
    '08/202638%100.000 đ',
    '09/202619%50.000 đ',
    '10/202643%112.000 đ',
  ]);
});

it('a spark of one value is no course and is not drawn; its place is as high as with one', async () => {
  const screen = await onScreen(<Sparkline label="Lượt" points={points.slice(0, 1)} />);
  expect(screen.getByRole('table').elements()).toHaveLength(0);
  const height = () => screen.container.firstElementChild?.getBoundingClientRect().height;
  const before = height();
  await screen.rerender(<Sparkline label="Lượt" points={points} />);
  expect([before, height()]).toEqual([24, 24]);
});
