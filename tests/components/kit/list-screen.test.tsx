import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { recentViews } from '@/components/frame/recent-things';
import { expectAddress, onScreen } from '../on-screen';
import { choose, expectText } from '../press';
import { Refusal, sentTo, serverAnswers } from '../server-answers';
import { answers, Doctors, doctor, view } from './doctors-list';

describe('a list that people work in (ListScreen, useListSort)', () => {
  it('is sorted by its heads, in the address; the order that it came with leaves the address clean', async () => {
    const sent = answers();
    const screen = await onScreen(<Doctors />);
    await expect.element(screen.getByRole('columnheader', { name: 'Mã' })).toHaveAttribute('aria-sort', 'ascending');
    await screen.getByRole('button', { name: 'Tên' }).click();
    await expectAddress('/?sort=name');
    await screen.getByRole('button', { name: 'Tên' }).click();
    await expectAddress('/?sort=-name');
    await screen.getByRole('button', { name: 'Mã' }).click();
    await expectAddress('/');
    expect(sentTo(sent, 'doctors.list')).toMatchObject([{}, { sort: 'name' }, { sort: '-name' }]);
  });

  it('opens a row beside it with what belongs to it, keeps the columns that name and weigh a row, and closes both', async () => {
    answers();
    const screen = await onScreen(<Doctors />, { address: '/?q=mai' });
    await screen.getByRole('gridcell', { name: 'Bác sĩ 2' }).click();
    await expectAddress('/?q=mai&tab=rules&open=id-2');
    expect(screen.getByRole('columnheader', { name: 'Mã' }).elements()).toHaveLength(0);
    await screen.getByRole('button', { name: 'Đóng id-2' }).click();
    await expectAddress('/?q=mai');
    await expect.element(screen.getByRole('columnheader', { name: 'Mã' })).toBeVisible();
  });

  it('folds its filters behind one button while something stands open, and says how many narrow it', async () => {
    answers();
    const screen = await onScreen(<Doctors />, { address: '/?open=id-1&state=active' });
    await expect.element(screen.getByRole('searchbox')).toBeVisible();
    const folded = screen.getByRole('button', { name: /Bộ lọc/ });
    await expectText(folded, 'Bộ lọc1');
    expect(screen.getByRole('button', { name: /Trạng thái/ }).elements()).toHaveLength(0);
    await folded.click();
    await expect
      .element(page.getByRole('dialog', { name: 'Bộ lọc' }).getByRole('button', { name: /Đang làm/ }))
      .toBeVisible();
  });

  it('stands as close as was chosen, and keeps it with its columns over a reload and in a view', async () => {
    const sent = answers();
    const screen = await onScreen(<Doctors />);
    const height = () => screen.getByRole('gridcell', { name: 'Bác sĩ 1' }).element().getBoundingClientRect().height;
    await expect.element(screen.getByRole('gridcell', { name: 'Bác sĩ 1' })).toBeVisible();
    const regular = height();
    await screen.getByRole('button', { name: 'Cột' }).click();
    await choose(page.getByRole('radio', { name: 'Sát' }));
    await expect.poll(height).toBeLessThan(regular);
    const compact = height();
    await userEvent.keyboard('{Escape}');
    await screen.unmount();
    const again = await onScreen(<Doctors />);
    await expect
      .poll(() => again.getByRole('gridcell', { name: 'Bác sĩ 1' }).query()?.getBoundingClientRect().height)
      .toBe(compact);
    await again.getByRole('button', { name: 'Chế độ xem' }).click();
    await page.getByRole('button', { name: 'Lưu chế độ xem này' }).click();
    await page.getByRole('textbox', { name: 'Tên' }).fill('Sát');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect.poll(() => sentTo(sent, 'savedViews.save')).toMatchObject([{ layout: { density: 'compact' } }]);
  });

  it('an empty one says whether it is so or only filtered so', async () => {
    serverAnswers({ 'doctors.list': () => ({ rows: [], nextCursor: null }), 'savedViews.list': () => [] });
    const all = await onScreen(<Doctors />);
    await expect.element(all.getByText('Chưa có')).toBeVisible();
    await all.unmount();
    const filtered = await onScreen(<Doctors />, { address: '/?state=active' });
    await expect.element(filtered.getByText('Không khớp')).toBeVisible();
  });

  it('selected rows are acted on together, and are selected no more', async () => {
    answers();
    const done = vi.fn<(names: string[]) => void>();
    const screen = await onScreen(<Doctors bulk={done} />);
    await choose(screen.getByRole('checkbox', { name: 'Chọn Bác sĩ 2' }));
    await screen.getByRole('button', { name: 'Làm cả loạt' }).click();
    expect(done.mock.calls).toEqual([[['Bác sĩ 2']]]);
    expect(screen.getByRole('button', { name: 'Làm cả loạt' }).elements()).toHaveLength(0);
  });
});

describe('saved views (SavedViews, SaveViewDialog)', () => {
  it('one brings back filters, order and columns, and is named while it holds', async () => {
    answers([view({}), view({ id: 'v3', name: 'Chung', own: false, shared: true, ownerName: 'Hạnh', query: '' })]);
    const screen = await onScreen(<Doctors />);
    await screen.getByRole('button', { name: 'Chế độ xem' }).click();
    await expect.element(page.getByText('Hạnh')).toBeVisible();
    expect(page.getByRole('button', { name: 'Xóa chế độ xem Chung' }).elements()).toHaveLength(0);
    await page.getByRole('button', { name: 'Theo tên', exact: true }).click();
    await expectAddress('/?q=mai&sort=-name');
    await expect.element(screen.getByRole('button', { name: 'Theo tên' })).toBeVisible();
    const heads = screen
      .getByRole('columnheader')
      .elements()
      .map((one) => one.textContent);
    expect(heads.filter(Boolean)).toEqual(['Tên', 'Thư', 'Mã']);
  });

  it('an address that names one brings its columns too, and forgets the name; it counts as used', async () => {
    answers([view({})]);
    const screen = await onScreen(<Doctors />, { address: '/?q=mai&sort=-name&view=v1' });
    await expectAddress('/?q=mai&sort=-name');
    const heads = () =>
      screen
        .getByRole('columnheader')
        .elements()
        .map((one) => one.textContent)
        .filter(Boolean);
    await expect.poll(heads).toEqual(['Tên', 'Thư', 'Mã']);
    await expect.poll(() => recentViews()).toEqual(['v1']);
    localStorage.clear();
  });

  it('what is looked at is kept under a name; a name that is one’s own already says that it is replaced', async () => {
    const sent = answers([view({})]);
    const screen = await onScreen(<Doctors />, { address: '/?state=active&open=id-1&sort=name' });
    await screen.getByRole('button', { name: 'Chế độ xem' }).click();
    await page.getByRole('button', { name: 'Lưu chế độ xem này' }).click();
    await page.getByRole('textbox', { name: 'Tên' }).fill('Đang làm');
    await choose(page.getByRole('checkbox', { name: 'Chia sẻ với mọi người được mở danh sách này' }));
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect.element(page.getByText('Đã lưu chế độ xem “Đang làm”.')).toBeVisible();
    expect(sentTo(sent, 'savedViews.save')).toEqual([
      { list: 'doctors', name: 'Đang làm', shared: true, query: 'state=active&sort=name', layout: {} },
    ]);
    await screen.getByRole('button', { name: 'Chế độ xem' }).click();
    await page.getByRole('button', { name: 'Lưu chế độ xem này' }).click();
    await page.getByRole('textbox', { name: 'Tên' }).fill('Theo tên ');
    await expect.element(page.getByRole('button', { name: 'Thay thế' })).toBeVisible();
  });

  it('a refused one says why and stays to be put right', async () => {
    serverAnswers({
      'doctors.list': () => ({ rows: [doctor(1)], nextCursor: null }),
      'savedViews.list': () => [],
      'savedViews.save': () => {
        throw new Refusal('too_many_views', 409, { most: 50 });
      },
    });
    const screen = await onScreen(<Doctors />);
    await screen.getByRole('button', { name: 'Chế độ xem' }).click();
    await page.getByRole('button', { name: 'Lưu chế độ xem này' }).click();
    await page.getByRole('textbox', { name: 'Tên' }).fill('Một nữa');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expectText(
      page.getByRole('alert'),
      'Bạn đã lưu 50 chế độ xem cho danh sách này. Hãy xóa bớt một chế độ không dùng trước.',
    );
    await expect.element(page.getByRole('textbox', { name: 'Tên' })).toHaveValue('Một nữa');
  });

  it('one’s own is removed', async () => {
    const sent = answers([view({})]);
    const screen = await onScreen(<Doctors />);
    await screen.getByRole('button', { name: 'Chế độ xem' }).click();
    await page.getByRole('button', { name: 'Xóa chế độ xem Theo tên' }).click();
    await expect.poll(() => sentTo(sent, 'savedViews.remove')).toEqual([{ id: 'v1' }]);
  });
});
