import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { Rights } from '@/components/statements/month-actions';
import { MonthScreen } from '@/components/statements/month-screen';
import { onScreen } from '../on-screen';
import { serverAnswers } from '../server-answers';
import { month } from './sample-month';

const all: Rights = { mayRun: true, mayApprove: true, mayPublish: true };

const shape = (months: string[]) => ({
  'statements.month': () => month(),
  'statements.periods': () =>
    months.map((one) => ({
      month: one,
      state: 'open',
      statements: 3,
      commission: 900_000n,
      tax: 1n,
      payable: 8n,
      base: 90n,
      published: 0,
      running: false,
    })),
  'statements.list': () => ({ rows: [], nextCursor: null }),
});
const openMonth = (locale: 'vi' | 'en' = 'vi') =>
  onScreen(<MonthScreen month="2026-10" thisMonth="2026-11" rights={all} />, {
    address: '/statements/2026-10',
    locale,
  });

describe('the strip over a month’s statements', () => {
  it('is low: the list begins within 120 px of the bar, with what is to be paid alone at 28', async () => {
    await page.viewport(1440, 900);
    serverAnswers(shape(['2026-10', '2026-09']));
    const screen = await openMonth();
    const figure = screen.getByText('810.000 đ').first();
    await expect.element(figure).toBeVisible();
    const sizes = [...document.querySelectorAll('[data-strip] *')].map((one) => getComputedStyle(one).fontSize);
    expect(sizes.filter((size) => size === '28px')).toHaveLength(1);
    expect(getComputedStyle(figure.element()).fontSize).toBe('28px');
    const top = screen.getByRole('heading', { level: 1 }).element().closest('header')?.getBoundingClientRect().top ?? 0;
    const list = document.querySelector('search')?.getBoundingClientRect().top ?? Number.NaN;
    const pagePadding = 16;
    expect(list - top + pagePadding).toBeLessThanOrEqual(120);
  });

  it('shows the months before as columns of 48 px, and none while there are fewer than two months', async () => {
    await page.viewport(1440, 900);
    serverAnswers(shape(['2026-10', '2026-09']));
    const screen = await openMonth();
    const chart = screen.getByRole('list', { name: 'Hoa hồng mười hai tháng gần nhất' });
    await expect.element(chart).toBeVisible();
    expect(chart.element().getBoundingClientRect().height).toBe(48);
    await expect.element(screen.getByText('0% so với 09/2026')).toBeVisible();
    await screen.unmount();
    serverAnswers(shape(['2026-10']));
    const alone = await openMonth();
    await expect.element(alone.getByText('810.000 đ').first()).toBeVisible();
    expect(alone.getByRole('list', { name: 'Hoa hồng mười hai tháng gần nhất' }).elements()).toHaveLength(0);
  });

  it('names months and writes numbers in the reader’s language', async () => {
    serverAnswers(shape(['2026-10', '2026-09']));
    const screen = await openMonth('en');
    await expect.element(screen.getByRole('heading', { level: 1, name: /October 2026/ })).toBeVisible();
    await expect.element(screen.getByText('810,000 đ').first()).toBeVisible();
  });
});
