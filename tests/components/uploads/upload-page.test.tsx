import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { useDuration } from '@/components/uploads/upload-figures';
import { UploadPage } from '@/components/uploads/upload-page';
import { ORDER_COLUMNS, type UploadDetail } from '@/server/modules/intake/uploads/schema';
import { axeProblems } from '../network';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { expectFocus, expectText, pressTwice } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';
import { upload, uploadId } from './sample-upload';

type Answers = Parameters<typeof serverAnswers>[0];

const opened = async (
  more: Partial<UploadDetail> = {},
  { mayWrite = true, step = '', answers = {} as Answers } = {},
) => {
  const sheet = {
    row: 2,
    cells: ['A-1', 'HCM', null],
    valid: true,
    orderId: null,
    orderNumber: null,
    warning: null,
    errors: [],
  };
  const sent = serverAnswers({
    'uploads.byId': () => upload(more),
    'uploads.sheet': () => ({ rows: [sheet], nextCursor: null }),
    'uploads.check': () => new Promise(() => {}),
    'uploads.status': () => null,
    ...answers,
  });
  const address = `/uploads/${uploadId}${step && `?step=${step}`}`;
  const screen = await onScreen(<UploadPage id={uploadId} mayWrite={mayWrite} />, { address });
  const current = () => document.querySelector('[aria-current="step"]')?.textContent;
  return { screen, sent, current };
};

describe('how far an upload has come decides the step', () => {
  const missing = { titles: ['A'], unknown: [], missing: [{ name: 'branch', nearest: null }], duplicate: [] };
  it.each<[string, Partial<UploadDetail>, string, string]>([
    ['received, columns missing', { state: 'received', header: missing, checkedAt: null }, '', '2Cột'],
    ['received and complete', { state: 'received', checkedAt: null }, '', '3Kiểm tra'],
    ['being checked', { state: 'checking', checkedAt: null }, '', '3Kiểm tra'],
    ['checked: the check, before anything is written', { state: 'checked' }, '', 'Kiểm tra'],
    ['checked, asked for the last step open', { state: 'checked' }, 'commit', '4Ghi'],
    ['checked, asked for one not reached', { state: 'checked' }, 'report', 'Kiểm tra'],
    ['refused', { state: 'refused' }, '', '4Ghi'],
    ['being written', { state: 'committing' }, '', '4Ghi'],
    ['stopped while it was written', { state: 'failed', committedAt: new Date() }, '', '4Ghi'],
    ['written', { state: 'committed', committedAt: new Date() }, '', 'Kết quả'],
    ['written: committing is over', { state: 'committed', committedAt: new Date() }, 'commit', 'Kết quả'],
    ['written, gone back to the file', { state: 'committed', committedAt: new Date() }, 'file', 'Tệp'],
  ])('%s', async (_, more, step, wanted) => {
    const { current } = await opened(more, { step });
    await expect.poll(current).toBe(wanted);
  });
});

describe('the check (CheckStep)', () => {
  it('of a sheet whose columns all fit begins by itself, once, and not for who may only look', async () => {
    const fresh = { state: 'received' as const, checkedAt: null };
    const { screen, sent } = await opened(fresh);
    await expect.poll(() => sentTo(sent, 'uploads.check')).toEqual([{ id: uploadId }]);
    await screen.rerender(<UploadPage id={uploadId} mayWrite />);
    expect(sentTo(sent, 'uploads.check')).toHaveLength(1);
    await screen.unmount();
    const looking = await opened(fresh, { mayWrite: false });
    await expect.element(looking.screen.getByText('Tệp này chưa được kiểm tra')).toBeVisible();
    expect(looking.screen.getByRole('button', { name: 'Kiểm tra tệp' }).elements()).toHaveLength(0);
    expect(sentTo(looking.sent, 'uploads.check')).toHaveLength(0);
  });

  it('says what of the file is not read, what is ready, and leads on only where something is', async () => {
    const header = {
      ...upload().header,
      titles: ['Mã', 'Chi nhánh', 'Màu', 'Mã phiếu'],
      duplicate: [{ index: 3, title: 'Mã phiếu', name: 'external_ref' }],
      sheet: { name: 'T10', others: ['T9'] },
      row: 6,
      above: { from: 1, to: 4 },
    };
    const { screen } = await opened({ header });
    await screen.getByRole('button', { name: '4 lưu ý về tệp' }).click();
    await expect.element(page.getByText('Cột “Màu” không được dùng.')).toBeVisible();
    await expect
      .element(page.getByText('Cột “Mã phiếu” trùng với cột external_ref trước đó và không được dùng.'))
      .toBeVisible();
    await expect.element(page.getByText('Chỉ trang tính “T10” được đọc; “T9” thì không.')).toBeVisible();
    await expect
      .element(page.getByText('Dòng 1–4 nằm phía trên dòng tên cột (dòng 6) và không được đọc.'))
      .toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect
      .element(screen.getByRole('link', { name: 'Tiếp tục với 90 dòng' }))
      .toHaveAttribute('href', `/uploads/${uploadId}?step=commit`);
    await expect.element(screen.getByText(/^khoảng 3 phút/)).toBeVisible();
    await screen.unmount();
    const nothing = await opened({ valid: 0, expectedSeconds: null });
    await expect.element(nothing.screen.getByText(/Không có dòng nào sẵn sàng/)).toBeVisible();
    await expect.element(nothing.screen.getByTitle('chưa có lần ghi nào để dự báo')).toBeVisible();
    expect(nothing.screen.getByRole('link', { name: /Tiếp tục/ }).elements()).toHaveLength(0);
  });

  it('a wrong cell says why, an odd row as well, and a chip shows one kind of error alone', async () => {
    const errors = [{ column: 'branch', code: 'unknown_branch', params: {} }];
    const row = {
      row: 7,
      cells: ['A-1', 'ZZZ', null],
      valid: false,
      orderId: null,
      orderNumber: null,
      warning: 'hidden_row',
      errors,
    };
    const { screen, sent } = await opened(
      {},
      { answers: { 'uploads.sheet': () => ({ rows: [row], nextCursor: null }) } },
    );
    await expect
      .element(screen.getByRole('button', { name: /Chi nhánh: ZZZ. Không có chi nhánh nào mang mã này/ }))
      .toBeVisible();
    await expect.element(screen.getByRole('button', { name: /Dòng 7. Dòng này bị ẩn trong bảng tính/ })).toBeVisible();
    await screen.getByRole('button', { name: /Trùng lặp/ }).click();
    await expectAddress(`/uploads/${uploadId}?show=duplicate_ref`);
    await expect
      .poll(() => sentTo(sent, 'uploads.sheet').at(-1))
      .toMatchObject({ code: 'duplicate_ref', onlyWrong: false });
    await screen.getByRole('button', { name: /^Dòng bị lỗi/ }).click();
    await expect.poll(() => sentTo(sent, 'uploads.sheet').at(-1)).toMatchObject({ onlyWrong: true, onlyWarned: false });
    await expect.element(screen.getByRole('link', { name: 'Xuất danh sách lỗi (CSV)' })).toBeVisible();
  });

  it('one that stopped says why and can be begun again, unless rows were written', async () => {
    const failure = { code: 'sheet_too_many_rows', params: { limit: 500_000 } };
    const { screen, sent } = await opened({ state: 'failed', checkedAt: null, failure });
    await expectText(screen.getByRole('alert'), 'Bảng tính có hơn 500.000 dòng.');
    await pressTwice(screen.getByRole('button', { name: 'Kiểm tra lại', exact: true }));
    await expect.poll(() => sentTo(sent, 'uploads.check')).toHaveLength(1);
    await screen.unmount();
    const unknown = await opened({ state: 'failed', written: 3, failure: { code: 'nobody_knows', params: {} } });
    await expectText(unknown.screen.getByRole('alert'), 'Phần đã ghi được giữ nguyên.');
    expect(unknown.screen.getByRole('button', { name: 'Kiểm tra lại' }).elements()).toHaveLength(0);
  });

  it('a refusal is a sentence', async () => {
    const { screen } = await opened(
      { state: 'received', checkedAt: null },
      { answers: { 'uploads.check': refuses('check_running') } },
    );
    await expectText(screen.getByRole('alert'), 'Tệp này đang được kiểm tra.');
  });
});

describe('which title is which column (ColumnsStep)', () => {
  const titles = ['Mã phiếu', 'CN', ...ORDER_COLUMNS.slice(2)];
  const mapping = Object.fromEntries(ORDER_COLUMNS.map((name, at) => [name, at]).filter(([name]) => name !== 'branch'));
  const header = {
    titles: [...titles, 'Màu'],
    unknown: [],
    missing: [{ name: 'branch', nearest: { index: 1, title: 'CN' } }],
    duplicate: [],
  };
  const fresh = { state: 'received' as const, checkedAt: null, header, mapping };

  it('the nearest is proposed, what is not used is named, and it is sent once, then checked', async () => {
    const { screen, sent } = await opened(fresh, { answers: { 'uploads.mapColumns': () => ({}) } });
    await expect.element(screen.getByRole('button', { name: /^CN Chi nhánh/ })).toBeVisible();
    await expect.element(screen.getByText('1 cột không dùng đến')).toBeVisible();
    expect(await axeProblems()).toEqual([]);
    await pressTwice(screen.getByRole('button', { name: 'Kiểm tra tệp' }));
    await expect.poll(() => sentTo(sent, 'uploads.check')).toHaveLength(1);
    expect(sentTo(sent, 'uploads.mapColumns')).toEqual([{ id: uploadId, mapping: { ...mapping, branch: 1 } }]);
  });

  it('without a column that must be there nothing is sent, one that may be absent may', async () => {
    const { screen, sent } = await opened(fresh);
    await screen.getByRole('button', { name: /^CN Chi nhánh/ }).click();
    await screen.getByRole('option', { name: 'Không có trong tệp' }).click();
    await expect.element(screen.getByText('Hãy chọn cột chứa thông tin này.')).toBeVisible();
    await screen.getByRole('button', { name: 'Kiểm tra tệp' }).click();
    await expectText(screen.getByRole('alert'), 'Chi nhánh: chưa ghép với cột nào');
    await expectFocus(screen.getByRole('button', { name: /Chi nhánh$/ }));
    expect(sentTo(sent, 'uploads.mapColumns')).toHaveLength(0);
  });

  it('a refusal is a sentence, and what was chosen stays', async () => {
    const { screen } = await opened(fresh, { answers: { 'uploads.mapColumns': refuses('column_taken_twice') } });
    await screen.getByRole('button', { name: /^note Ghi chú/ }).click();
    await screen.getByRole('option', { name: 'Màu' }).click();
    await screen.getByRole('button', { name: 'Kiểm tra tệp' }).click();
    await expectText(screen.getByRole('alert'), 'không thể ghép với hai cột');
    await expect.element(screen.getByRole('button', { name: /^Màu Ghi chú/ })).toBeVisible();
  });
});

it('useDuration: about so many seconds, never none, or so many minutes', async () => {
  const { result } = await hookOnScreen(useDuration);
  expect([0.2, 59, 60, 150].map(result.current)).toEqual([
    'khoảng 1 giây',
    'khoảng 59 giây',
    'khoảng 1 phút',
    'khoảng 3 phút',
  ]);
  vi.restoreAllMocks();
});
