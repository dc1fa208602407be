import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { DataTable, type DataTableProps, type Sort } from '@/components/ui/data-table';
import { useTableLayout } from '@/components/ui/use-table-layout';
import { hookOnScreen, onScreen } from '../on-screen';
import { choose } from '../press';

type Service = { code: string; name: string; price: number };
const services = (count: number): Service[] =>
  Array.from({ length: count }, (_, at) => ({ code: `S${at}`, name: `Dịch vụ ${at}`, price: at }));

const columns: DataTableProps<Service>['columns'] = [
  { id: 'code', header: 'Mã', cell: (row) => row.code },
  { id: 'name', header: 'Tên', cell: (row) => row.name, sortable: true },
  { id: 'price', header: 'Giá', cell: (row) => row.price, hidden: true },
];

function Table(props: Partial<DataTableProps<Service>>) {
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [sort, setSort] = useState<Sort | undefined>();
  return (
    <DataTable
      label="Dịch vụ"
      columns={columns}
      rows={services(3)}
      rowKey={(row) => row.code}
      rowLabel={(row) => row.name}
      sort={sort}
      onSort={setSort}
      {...props}
      {...(props.selection ? { selection: { selected, onChange: setSelected } } : {})}
    />
  );
}

const focused = () => document.activeElement?.closest('[data-index]')?.getAttribute('data-index');
const focusFirst = () => (document.querySelector('tr[tabindex="0"]') as HTMLElement).focus();

describe('rows that stand together', () => {
  const tens = { keyOf: ({ price }: Service) => String(Math.floor(price / 10)), head: (key: string) => `Nhóm ${key}` };
  const heads = () => [...document.querySelectorAll('tr[data-group-head]')].map((head) => head.textContent);

  it('have a head of their own over the first of them, that no key comes to', async () => {
    await onScreen(<Table rows={services(25)} group={tens} onOpen={() => {}} />);
    await expect.poll(heads).toEqual(['Nhóm 0', 'Nhóm 1', 'Nhóm 2']);
    expect(document.querySelector('tr[data-group-head]')?.nextElementSibling?.getAttribute('data-index')).toBe('0');
    focusFirst();
    await userEvent.keyboard('{End}');
    await expect.poll(focused).toBe('24');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}');
    await expect.poll(focused).toBe('18');
  });

  it('are as high with their heads as the list thinks: the last row ends where the list does', async () => {
    await onScreen(<Table rows={services(500)} group={tens} onOpen={() => {}} maxHeight="max-h-[300px]" />);
    const list = document.querySelector('section') as HTMLElement;
    focusFirst();
    await userEvent.keyboard('{End}');
    await expect.poll(focused).toBe('499');
    await expect
      .poll(() => {
        const last = document.querySelector('tr[data-index="499"]')?.getBoundingClientRect().bottom ?? Number.NaN;
        return Math.round(
          last - list.getBoundingClientRect().bottom + list.scrollHeight - list.scrollTop - list.clientHeight,
        );
      })
      .toBeLessThanOrEqual(2);
  });
});

describe('one row is in the tab order (useRowFocus)', () => {
  it('arrows, Page, Home and End move it, also to rows that are not in the page yet, and not beyond the ends', async () => {
    await onScreen(<Table rows={services(200)} onOpen={() => {}} />);
    await expect.poll(() => document.querySelectorAll('tr[tabindex="0"]').length).toBe(1);
    focusFirst();
    await userEvent.keyboard('{ArrowUp}');
    await expect.poll(focused).toBe('0');
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toBe('1');
    await userEvent.keyboard('{PageDown}');
    await expect.poll(focused).toBe('13');
    await userEvent.keyboard('{PageUp}');
    await expect.poll(focused).toBe('1');
    await userEvent.keyboard('{End}');
    await expect.poll(focused).toBe('199');
    await userEvent.keyboard('{Home}');
    await expect.poll(focused).toBe('0');
    expect(document.querySelectorAll('tr[tabindex="0"]')).toHaveLength(1);
  });

  it('keys work on where they were after a wheel has taken the row away', async () => {
    const screen = await onScreen(<Table rows={services(2000)} onOpen={() => {}} />);
    focusFirst();
    const box = screen.getByRole('region', { name: 'Dịch vụ' }).element();
    box.scrollTop = box.scrollHeight / 2;
    await expect.poll(() => document.querySelector('[data-index="1000"]')).not.toBeNull();
    expect(focused()).toBe('0');
    box.scrollTop = box.scrollHeight;
    await expect.poll(() => document.querySelector('[data-index="1999"]')).not.toBeNull();
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toBe('1');
    await expect.poll(() => box.scrollTop).toBeLessThan(100);
    expect(document.querySelectorAll('tr[data-index]').length).toBeLessThan(100);
  });

  it('Enter opens, Space selects; a key in a control of the row is that control’s own', async () => {
    const onOpen = vi.fn();
    const selection = { selected: new Set<string>(), onChange: () => {} };
    const screen = await onScreen(<Table onOpen={onOpen} selection={selection} bulkActions={<b>Xóa</b>} />);
    focusFirst();
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toBe('1');
    await userEvent.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(services(3)[1]);
    await userEvent.keyboard(' ');
    await expect.element(screen.getByText('Đã chọn 1 dòng')).toBeVisible();
    await expect.element(screen.getByText('Xóa')).toBeVisible();
    (screen.getByRole('checkbox', { name: 'Chọn Dịch vụ 2' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledTimes(1);
  });
});

it('a press opens a row beside the list, and one on its box selects it alone', async () => {
  const onOpen = vi.fn();
  const selection = { selected: new Set<string>(), onChange: () => {} };
  const screen = await onScreen(<Table onOpen={onOpen} selection={selection} openKey="S2" />);
  await screen.getByRole('gridcell', { name: 'Dịch vụ 1' }).click();
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(services(3)[1]);
  await expect.element(screen.getByRole('row', { name: /S2/ })).toHaveAttribute('aria-current', 'true');
  await choose(screen.getByRole('checkbox', { name: 'Chọn Dịch vụ 0' }));
  expect(onOpen).toHaveBeenCalledTimes(1);
  await expect.element(screen.getByRole('row', { name: /S0/ })).toHaveAttribute('aria-selected', 'true');
});

it('selects all that are shown, some, or none', async () => {
  const screen = await onScreen(<Table selection={{ selected: new Set(), onChange: () => {} }} />);
  const all = screen.getByRole('checkbox', { name: 'Chọn tất cả dòng đang hiện' });
  await choose(all);
  await expect.element(screen.getByText('Đã chọn 3 dòng')).toBeVisible();
  await choose(screen.getByRole('checkbox', { name: 'Chọn Dịch vụ 1' }));
  await expect.element(screen.getByText('Đã chọn 2 dòng')).toBeVisible();
  expect((all.element() as HTMLInputElement).indeterminate).toBe(true);
  await screen.getByRole('button', { name: 'Bỏ chọn' }).click();
  expect(screen.getByText(/Đã chọn/).elements()).toHaveLength(0);
});

it('sorts up first, then down, and says which', async () => {
  const screen = await onScreen(<Table />);
  const head = screen.getByRole('columnheader', { name: 'Tên' });
  await expect.element(head).toHaveAttribute('aria-sort', 'none');
  await screen.getByRole('button', { name: 'Tên' }).click();
  await expect.element(head).toHaveAttribute('aria-sort', 'ascending');
  await screen.getByRole('button', { name: 'Tên' }).click();
  await expect.element(head).toHaveAttribute('aria-sort', 'descending');
});

it('asks for the next rows as their place nears, once, and not where there are no more', async () => {
  const onEndReached = vi.fn();
  const screen = await onScreen(<Table rows={services(100)} hasMore onEndReached={onEndReached} onOpen={() => {}} />);
  await expect.element(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '-1');
  expect(onEndReached).not.toHaveBeenCalled();
  focusFirst();
  await userEvent.keyboard('{End}');
  await expect.poll(() => onEndReached.mock.calls.length).toBeGreaterThan(0);
  onEndReached.mockClear();
  await screen.rerender(<Table rows={services(3)} onEndReached={onEndReached} />);
  expect(onEndReached).not.toHaveBeenCalled();
});

it('shows a total under a column, an empty list’s own words, and an error in place of the rows', async () => {
  const withTotal = [...columns.slice(0, 1), { id: 'sum', header: 'Tiền', cell: () => '1', total: '99.000' }];
  const screen = await onScreen(<Table columns={withTotal} />);
  await expect.element(screen.getByRole('cell', { name: '99.000' })).toBeVisible();
  await expect.element(screen.getByRole('cell', { name: 'Tổng' })).toBeVisible();
  await screen.unmount();
  const empty = await onScreen(<Table rows={[]} />);
  await expect.element(empty.getByText('Chưa có dữ liệu')).toBeVisible();
  await empty.unmount();
  const failed = await onScreen(<Table error={<p>Hỏng</p>} />);
  await expect.element(failed.getByText('Hỏng')).toBeVisible();
  expect(failed.getByText('Dịch vụ 1').elements()).toHaveLength(0);
});

describe('how the columns are arranged (useTableLayout, ColumnChooser, ColumnResizer)', () => {
  it('a hidden one is chosen, is remembered in this browser, and the first can never be taken away', async () => {
    const screen = await onScreen(<Table storageKey="trial" />);
    expect(screen.getByRole('columnheader', { name: 'Giá' }).elements()).toHaveLength(0);
    await screen.getByRole('button', { name: 'Cột' }).click();
    await expect.element(screen.getByRole('checkbox', { name: 'Mã' })).toBeDisabled();
    await choose(screen.getByRole('checkbox', { name: 'Giá' }));
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByRole('columnheader', { name: 'Giá' })).toBeVisible();
    await screen.unmount();
    const again = await onScreen(<Table storageKey="trial" />);
    await expect.element(again.getByRole('columnheader', { name: 'Giá' })).toBeVisible();
  });

  it('what the browser keeps and nobody can read counts as nothing chosen', async () => {
    localStorage.setItem('columns:trial', '{');
    const { result } = await hookOnScreen(() => useTableLayout(columns, 'trial'));
    expect(result.current.shown.map(({ id }) => id)).toEqual(['code', 'name']);
  });

  it('a column moves, gets wider without a mouse, and all goes back to what it was', async () => {
    const screen = await onScreen(<Table storageKey="trial" />);
    const heads = () =>
      screen
        .getByRole('columnheader')
        .elements()
        .map((one) => one.textContent);
    await screen.getByRole('button', { name: 'Cột' }).click();
    await choose(screen.getByRole('checkbox', { name: 'Giá' }));
    await screen.getByRole('button', { name: 'Đưa cột Giá lên' }).click();
    await screen.getByRole('button', { name: 'Mở rộng cột Giá' }).click();
    await userEvent.keyboard('{Escape}');
    await expect.poll(heads).toEqual(['Mã', 'Giá', 'Tên']);
    expect(JSON.parse(localStorage.getItem('columns:trial') ?? '{}')).toMatchObject({
      order: ['code', 'price', 'name'],
      widths: { price: 184 },
    });
    await screen.getByRole('button', { name: 'Cột' }).click();
    await screen.getByRole('button', { name: 'Trả cột về mặc định' }).click();
    await userEvent.keyboard('{Escape}');
    await expect.poll(heads).toEqual(['Mã', 'Tên']);
  });

  it('a column follows the hand that draws its edge', async () => {
    const screen = await onScreen(<Table storageKey="trial" />);
    const head = screen.getByRole('columnheader', { name: 'Mã' }).element();
    const edge = head.querySelector('[data-resizer]');
    const width = head.getBoundingClientRect().width;
    const at = (clientX: number) => ({ pointerId: 1, clientX, bubbles: true, isPrimary: true, button: 0 });
    edge?.dispatchEvent(new PointerEvent('pointerdown', at(100)));
    edge?.dispatchEvent(new PointerEvent('pointermove', at(60)));
    edge?.dispatchEvent(new PointerEvent('pointerup', at(60)));
    edge?.dispatchEvent(new PointerEvent('pointermove', at(400)));
    const kept = () => JSON.parse(localStorage.getItem('columns:trial') ?? '{}').widths?.code;
    await expect.poll(kept).toBe(Math.min(640, Math.max(64, Math.round(width - 40))));
  });
});
