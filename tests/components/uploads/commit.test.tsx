import { useQuery } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { useTRPC } from '@/components/api/trpc';
import { CommitStep } from '@/components/uploads/commit-step';
import { FileStep } from '@/components/uploads/file-step';
import { ReportStep } from '@/components/uploads/report-step';
import { UploadsScreen } from '@/components/uploads/uploads-screen';
import { useSendFile } from '@/components/uploads/use-send-file';
import { useUploadColumns } from '@/components/uploads/use-upload-columns';
import { isUnderWay, useUploadProgress } from '@/components/uploads/use-upload-progress';
import { transformer } from '@/server/api/transformer';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { askedOfNetwork, networkAnswers } from '../network';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { choose, expectText, pressTwice } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';
import { upload, uploadId } from './sample-upload';

const step = (more: Partial<UploadDetail> = {}, mayWrite = true) =>
  onScreen(<CommitStep upload={upload(more)} mayWrite={mayWrite} />);

describe('writing a sheet', () => {
  it('says how many orders of which sum it makes, and is sent once with what was shown', async () => {
    const sent = serverAnswers({ 'uploads.commit': () => ({}) });
    const screen = await step();
    await expect.element(screen.getByText(/Thao tác này tạo 90 đơn, tổng giá trị 9\.000\.000/)).toBeVisible();
    await expect.element(screen.getByText(/ghi trong khoảng 3 phút/)).toBeVisible();
    await pressTwice(screen.getByRole('button', { name: 'Ghi 90 đơn' }));
    await expect
      .poll(() => sentTo(sent, 'uploads.commit'))
      .toEqual([{ id: uploadId, allOrNothing: false, expected: { valid: 90, netTotal: 9_000_000n } }]);
  });

  it('wrong rows are left out, or forbid everything', async () => {
    const sent = serverAnswers({ 'uploads.commit': () => ({}) });
    const screen = await step();
    await choose(screen.getByRole('radio', { name: /Ghi tất cả hoặc không ghi gì/ }));
    await screen.getByRole('button', { name: 'Ghi 90 đơn' }).click();
    await expect.poll(() => sentTo(sent, 'uploads.commit')).toMatchObject([{ allOrNothing: true }]);
    await screen.unmount();
    const clean = await step({ invalid: 0 });
    expect(clean.getByRole('radio').elements()).toHaveLength(0);
  });

  it('what stopped half way goes on with what is left, and no figure is compared with what has been written', async () => {
    const sent = serverAnswers({ 'uploads.commit': () => ({}) });
    const screen = await step({ state: 'failed', written: 30 });
    await expect.element(screen.getByText('Đã ghi 30 đơn; còn 60 đơn cần ghi.')).toBeVisible();
    expect(screen.getByRole('radio').elements()).toHaveLength(0);
    await screen.getByRole('button', { name: 'Ghi 60 đơn' }).click();
    await expect.poll(() => sentTo(sent, 'uploads.commit')).toEqual([{ id: uploadId, allOrNothing: false }]);
  });

  it.each([
    ['upload_changed', { valid: 80 }, 'hiện có 80 dòng sẵn sàng'],
    ['upload_refused', { invalid: 10, rows: 100 }, '10 trong 100 dòng bị lỗi'],
    ['upload_moved_on', {}, 'vừa chuyển sang bước khác'],
    ['nothing_to_commit', { rows: 100 }, 'Không dòng nào trong 100 dòng sẵn sàng'],
  ])('%s is a sentence, and the choice stays', async (reason, params, sentence) => {
    serverAnswers({ 'uploads.commit': refuses(reason, params) });
    const screen = await step();
    await choose(screen.getByRole('radio', { name: /Ghi tất cả hoặc không ghi gì/ }));
    await screen.getByRole('button', { name: 'Ghi 90 đơn' }).click();
    await expectText(screen.getByRole('alert'), sentence);
    await expect.element(screen.getByRole('radio', { name: /Ghi tất cả/ })).toBeChecked();
  });

  it('nothing can be written where nothing is ready, nor by who may only look', async () => {
    const empty = await step({ valid: 0 });
    await expect.element(empty.getByRole('button', { name: 'Ghi 0 đơn' })).toBeDisabled();
    await empty.unmount();
    const looking = await step({}, false);
    await expect.element(looking.getByText('Nhân viên tải lên sẽ xác nhận tệp này.')).toBeVisible();
  });
});

const progress = {
  state: 'committing' as const,
  rows: 100,
  valid: 90,
  written: 45,
  rowsPerSecond: 30,
  secondsLeft: 75,
};
const event = (data: object) => `data: ${JSON.stringify(transformer.serialize(data))}\n\n`;
const stream = (...said: object[]) => ({
  contentType: 'text/event-stream',
  body: `event: connected\ndata: {}\n\n${said.map(event).join('')}`,
});
const EVENTS = '**/api/trpc/uploads.progress*';

describe('how far a writing has come (useUploadProgress)', () => {
  it('is shown live, with its pace and the time left', async () => {
    await networkAnswers(EVENTS, stream(progress));
    serverAnswers({ 'uploads.status': () => null });
    const screen = await step({ state: 'committing' });
    await expect.element(screen.getByText('45 / 90 · 30 dòng/giây · còn 1 phút')).toBeVisible();
  });

  it('is asked for where no events come through', async () => {
    await networkAnswers(EVENTS, { status: 404, body: '' });
    serverAnswers({ 'uploads.status': () => ({ ...progress, written: 60 }) });
    const screen = await step({ state: 'committing' });
    await expect.element(screen.getByText(/^60 \/ 90/)).toBeVisible();
  });

  it('what has come to rest is read again', async () => {
    await networkAnswers(EVENTS, stream(progress, { ...progress, state: 'committed', written: 90 }));
    const sent = serverAnswers({ 'uploads.byId': () => upload(), 'uploads.status': () => null });
    const { result } = await hookOnScreen(() => {
      useQuery(useTRPC().uploads.byId.queryOptions({ id: uploadId }));
      return useUploadProgress(uploadId, 'committing');
    });
    await expect.poll(() => result.current?.written).toBe(90);
    await expect.poll(() => sentTo(sent, 'uploads.byId')).toHaveLength(2);
    expect([isUnderWay('checking'), isUnderWay('committing'), isUnderWay('checked')]).toEqual([true, true, false]);
  });

  it('of what rests nothing is asked', async () => {
    await networkAnswers(EVENTS);
    const sent = serverAnswers({});
    const { result } = await hookOnScreen(() => useUploadProgress(uploadId, 'checked'));
    expect(result.current).toBeNull();
    expect([sent, await askedOfNetwork()]).toEqual([[], []]);
  });
});

describe('sending a sheet (useSendFile, sendFile)', () => {
  const uploads = async () => {
    serverAnswers({ 'uploads.list': () => ({ rows: [], nextCursor: null }) });
    const screen = await onScreen(<UploadsScreen mayWrite />, { address: '/uploads' });
    const choose = () =>
      userEvent.upload(document.querySelector('input[type=file]') as HTMLElement, new File(['abc'], 'đơn.csv'));
    return { screen, choose };
  };

  it('goes with its name, size and hash, and then to its page', async () => {
    await networkAnswers('**/api/uploads', { body: JSON.stringify({ id: uploadId }) });
    const { choose } = await uploads();
    await choose();
    await expectAddress(`/uploads/${uploadId}`);
    expect(await askedOfNetwork()).toMatchObject([
      {
        method: 'POST',
        headers: {
          'x-file-name': encodeURIComponent('đơn.csv'),
          'x-file-size': '3',
          'x-file-sha256': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        },
      },
    ]);
  });

  it('whose encoding is not known asks for it and is sent again with the answer', async () => {
    const refused = {
      status: 422,
      body: JSON.stringify({ reason: 'sheet_unsupported_encoding', params: { place: 'none' } }),
    };
    await networkAnswers('**/api/uploads', refused, { body: JSON.stringify({ id: uploadId }) });
    const { screen, choose } = await uploads();
    await choose();
    await expect.element(screen.getByText(/Không xác định được bảng mã của tệp này/)).toBeVisible();
    await screen.getByRole('button', { name: /Bảng mã của đơn.csv/ }).click();
    await screen.getByRole('option', { name: 'Tiếng Việt (Windows-1258)' }).click();
    await expectAddress(`/uploads/${uploadId}`);
    expect((await askedOfNetwork()).map(({ headers }) => headers['x-file-encoding'])).toEqual([
      undefined,
      'windows-1258',
    ]);
  });

  it('a refusal is a sentence with its figures; what answers no refusal of ours is said to be unexpected', async () => {
    const refused = { status: 422, body: JSON.stringify({ reason: 'sheet_too_large', params: { limit: 100 } }) };
    await networkAnswers('**/api/uploads', refused, { status: 502, contentType: 'text/html', body: '<html>' });
    const { result, act } = await hookOnScreen(useSendFile);
    await act(() => result.current.send(new File(['abc'], 'a.csv')));
    expect(result.current).toMatchObject({ pending: false, asked: null });
    expect(result.current.error).toBe('Tệp lớn hơn 100 MB. Hãy tách tệp và tải lên từng phần.');
    await act(() => result.current.send(new File(['abc'], 'a.csv')));
    expect(result.current.error).toMatch(/^Có lỗi ngoài dự kiến/);
  });

  it('who may not write sees no place to drop a file on, and of files that are filtered out it is said so', async () => {
    const sent = serverAnswers({ 'uploads.list': () => ({ rows: [], nextCursor: null }) });
    const screen = await onScreen(<UploadsScreen mayWrite={false} />, { address: '/uploads?state=failed&q=x' });
    await expect.element(screen.getByText('Không có tệp nào khớp')).toBeVisible();
    expect(sentTo(sent, 'uploads.list')[0]).toMatchObject({ search: 'x', state: 'failed' });
    expect(screen.getByText('Thả tệp đơn hàng vào đây').elements()).toHaveLength(0);
  });
});

it('useUploadColumns: what is being written shows its share, and nothing of nothing is no share', async () => {
  const { result } = await hookOnScreen(useUploadColumns);
  const cell = (row: UploadDetail) => (
    <p data-testid="state">{result.current.find(({ id }) => id === 'state')?.cell(row)}</p>
  );
  const screen = await onScreen(cell(upload({ state: 'committing', written: 45 })));
  await expectText(screen.getByTestId('state'), '50%');
  await screen.rerender(cell(upload({ state: 'committing', written: 0, valid: 0 })));
  await expectText(screen.getByTestId('state'), '0%');
  await screen.rerender(cell(upload({ state: 'failed' })));
  await expectText(screen.getByTestId('state'), 'Bị dừng');
  await expect.element(screen.getByTestId('state')).not.toHaveTextContent('%');
});

it('the report: how long it took, how fast it went, and what was left out', async () => {
  serverAnswers({ 'uploads.sheet': () => ({ rows: [], nextCursor: null }) });
  const committedAt = new Date('2026-11-29T01:00:00Z');
  const done = upload({ state: 'committed', written: 90, committedAt, finishedAt: new Date('2026-11-29T01:00:30Z') });
  const screen = await onScreen(<ReportStep upload={done} />);
  await expect.element(screen.getByText(/^khoảng 30 giây/)).toBeVisible();
  await expect.element(screen.getByText(/3 dòng mỗi giây/)).toBeVisible();
  await expect.element(screen.getByText('10 dòng bị bỏ qua')).toBeVisible();
  await screen.unmount();
  const file = await onScreen(<FileStep upload={upload({ createdByName: null })} />);
  await expect.element(file.getByText('1,5 KB')).toBeVisible();
  await expect.element(file.getByText('Dòng lệnh')).toBeVisible();
});
