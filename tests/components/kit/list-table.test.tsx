import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Stethoscope } from 'lucide-react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { useTRPC } from '@/components/api/trpc';
import { DetailPage } from '@/components/kit/detail/detail-page';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { ListTable } from '@/components/kit/list/list-table';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ListDetail } from '@/components/ui/list-detail';
import { useMediaQuery } from '@/components/ui/use-media-query';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { expectFocus, expectText } from '../press';
import { Refusal, refuses, sentTo, serverAnswers } from '../server-answers';

const doctor = (at: number) => ({
  id: `00000000-0000-7000-8000-00000000000${at}`,
  code: `BS${at}`,
  name: `Bác sĩ ${at}`,
  phone: null,
  email: null,
  plan: null,
  taxRate: '10',
  active: true,
});

/** A list with its detail beside it, as every module has one. */
function Doctors({ inside }: { inside?: React.ReactNode }) {
  const trpc = useTRPC();
  const { get, set } = useUrlFilters();
  const open = get('open');
  const list = useInfiniteQuery(
    trpc.doctors.list.infiniteQueryOptions({ limit: 2 }, { getNextPageParam: (last) => last.nextCursor }),
  );
  return (
    <ListDetail
      list={
        <ListTable
          label="Bác sĩ"
          columns={[{ id: 'name', header: 'Tên', cell: (row) => row.name }]}
          list={list}
          rowKey={(row) => row.id}
          onOpen={(row) => set({ open: row.id })}
          openKey={open || null}
          none={{ icon: Stethoscope, title: 'Chưa có bác sĩ', text: 'Nạp từ tệp.' }}
        />
      }
      panel={open ? <Panel key={open} id={open} inside={inside} onClose={() => set({ open: '' })} /> : null}
    />
  );
}

function Panel({ id, inside, onClose }: { id: string; inside?: React.ReactNode; onClose: () => void }) {
  const query = useQuery(useTRPC().doctors.byId.queryOptions({ id }));
  return (
    <DetailPanel
      query={query}
      loading="Đang tải bác sĩ"
      title={(data) => data.name}
      subtitle={(data) => data.code}
      page={{ href: `/doctors/${id}`, label: 'Mở trang riêng' }}
      footer={(data) => <b>Chân của {data.code}</b>}
      onClose={onClose}
    >
      {(data) => (
        <>
          <p>Thuế {data.taxRate}%</p>
          {inside}
        </>
      )}
    </DetailPanel>
  );
}

const pages = (rows: object[], nextCursor: string | null = null) => ({ rows, nextCursor });

describe('a list (ListTable, rowsOf)', () => {
  it('shows its pages one under the other and asks for the next from where the last ended, until there is none', async () => {
    const sent = serverAnswers({
      'doctors.list': ({ cursor }: { cursor?: string }) =>
        cursor === 'c2' ? pages([doctor(3)]) : pages([doctor(1), doctor(2)], 'c2'),
    });
    const screen = await onScreen(<Doctors />);
    await expect.element(screen.getByText('Bác sĩ 3')).toBeVisible();
    expect(
      screen
        .getByRole('gridcell')
        .elements()
        .map((one) => one.textContent),
    ).toEqual(['Bác sĩ 1', 'Bác sĩ 2', 'Bác sĩ 3']);
    expect(sentTo(sent, 'doctors.list')).toMatchObject([{ limit: 2 }, { limit: 2, cursor: 'c2' }]);
  });

  it('an empty one says what belongs there', async () => {
    serverAnswers({ 'doctors.list': () => pages([]) });
    const screen = await onScreen(<Doctors />);
    await expect.element(screen.getByText('Chưa có bác sĩ')).toBeVisible();
    await expect.element(screen.getByText('Nạp từ tệp.')).toBeVisible();
  });

  it('one that cannot be shown says why and is asked for again; an unexpected error shows the id that finds it', async () => {
    const answer = vi.fn<() => unknown>();
    answer.mockImplementationOnce(refuses('not_permitted', {}, 403));
    answer.mockImplementationOnce(refuses('nobody_knows_this', {}, 400));
    answer.mockImplementation(() => pages([doctor(1)]));
    serverAnswers({ 'doctors.list': answer });
    const screen = await onScreen(<Doctors />);
    const again = screen.getByRole('button', { name: 'Thử lại' });
    await expectText(screen.getByRole('alert'), 'Vai trò của bạn không được phép làm việc này.');
    expect(screen.getByText('test-id').elements()).toHaveLength(0);
    await again.click();
    await expect.element(screen.getByText('test-id')).toBeVisible();
    await again.click();
    await expect.element(screen.getByText('Bác sĩ 1')).toBeVisible();
    expect(screen.getByRole('alert').elements()).toHaveLength(0);
  });
});

describe('a detail beside its list (DetailPanel, SidePanel)', () => {
  const answers = {
    'doctors.list': () => pages([doctor(1), doctor(2)]),
    'doctors.byId': ({ id }: { id: string }) => ({ ...doctor(Number(id.at(-1))), rules: null, statements: null }),
  };

  it('is opened by the address, takes the focus, and Escape closes it', async () => {
    serverAnswers(answers);
    const screen = await onScreen(<Doctors />, { address: `/doctors?open=${doctor(2).id}` });
    const heading = screen.getByRole('heading', { name: 'Bác sĩ 2' });
    await expect.element(heading).toBeVisible();
    await expect.element(screen.getByText('Chân của BS2')).toBeVisible();
    await expect
      .element(screen.getByRole('link', { name: 'Mở trang riêng' }))
      .toHaveAttribute('href', `/doctors/${doctor(2).id}`);
    expect(document.activeElement).toBe(heading.element());
    await userEvent.keyboard('{Escape}');
    await expectAddress('/doctors');
    await expect.element(heading).not.toBeInTheDocument();
  });

  it('is opened by Enter on a row, marks the row, and gives the focus back to it', async () => {
    serverAnswers(answers);
    const screen = await onScreen(<Doctors />);
    const row = screen.getByRole('row', { name: 'Bác sĩ 1' });
    await expect.element(row).toBeVisible();
    (row.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expectAddress(`/?open=${doctor(1).id}`);
    await expect.element(row).toHaveAttribute('aria-current', 'true');
    await screen.getByRole('button', { name: 'Đóng chi tiết' }).click();
    await expectAddress('/');
    await expectFocus(row);
  });

  it('one that is refused says so, keeps its way out, and is asked for again', async () => {
    const byId = vi.fn<(input: never) => unknown>(refuses('not_found', {}, 404));
    serverAnswers({ ...answers, 'doctors.byId': byId });
    const screen = await onScreen(<Doctors />, { address: `/doctors?open=${doctor(1).id}` });
    await expectText(screen.getByRole('alert'), 'Không tìm thấy mục này');
    byId.mockImplementation(() => {
      throw new Refusal('nobody_knows_this', 400);
    });
    await screen.getByRole('button', { name: 'Thử lại' }).click();
    await expect.element(screen.getByText('test-id')).toBeVisible();
    byId.mockImplementation(answers['doctors.byId']);
    await screen.getByRole('button', { name: 'Thử lại' }).click();
    await expect.element(screen.getByText('Thuế 10%')).toBeVisible();
  });

  it('stays when Escape is pressed in a question that was asked from it and is at work', async () => {
    serverAnswers(answers);
    const Asking = () => {
      const [open, setOpen] = useState(true);
      const props = {
        open,
        onClose: () => setOpen(false),
        title: 'Thu hồi?',
        consequence: '…',
        confirmLabel: 'Thu hồi',
      };
      return <ConfirmDialog {...props} onConfirm={() => new Promise(() => {})} />;
    };
    const address = `/doctors?open=${doctor(1).id}`;
    const screen = await onScreen(<Doctors inside={<Asking />} />, { address });
    await screen.getByRole('button', { name: 'Thu hồi' }).click();
    await expect.element(screen.getByRole('button', { name: 'Hủy', exact: true })).toBeDisabled();
    await userEvent.keyboard('{Escape}');
    await expectAddress(address);
    await expect.element(screen.getByRole('alertdialog')).toBeVisible();
  });

  it('lies over its list where there is no room beside it', async () => {
    serverAnswers(answers);
    await page.viewport(390, 844);
    const screen = await onScreen(<Doctors />, { address: `/doctors?open=${doctor(1).id}` });
    await expect.element(screen.getByRole('dialog', { name: 'Bác sĩ 1' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expectAddress('/doctors');
    await page.viewport(1280, 900);
  });
});

it('a detail at its own address has the way back to its list', async () => {
  const screen = await onScreen(
    <DetailPage title="Bác sĩ 1" status={<i>Đang hợp tác</i>} back={{ href: '/doctors', label: 'Bác sĩ' }}>
      Nội dung
    </DetailPage>,
  );
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Bác sĩ 1' })).toBeVisible();
  await expect.element(screen.getByRole('link', { name: 'Bác sĩ' })).toHaveAttribute('href', '/doctors');
});

it('useMediaQuery follows the window', async () => {
  await page.viewport(1280, 900);
  const { result } = await hookOnScreen(() => useMediaQuery('(min-width: 64rem)'));
  expect(result.current).toBe(true);
  await page.viewport(800, 900);
  await expect.poll(() => result.current).toBe(false);
  await page.viewport(1280, 900);
});
