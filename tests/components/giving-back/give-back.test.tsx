import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ApprovalStep, ApproveHereForm, useApprovalState } from '@/components/giving-back/approval-step';
import { GiveBackActs } from '@/components/giving-back/give-back-acts';
import { RefundForm } from '@/components/giving-back/refund-form';
import { refundReceiptAddress } from '@/components/giving-back/refund-receipt-address';
import { useRefundDraft } from '@/components/giving-back/use-refund-draft';
import { hookOnScreen, onScreen } from '../on-screen';
import { expectFocus, expectText } from '../press';
import { refuses, sentTo } from '../server-answers';
import { approvalId, card, cash, dialog, given, orderId, standing } from './sample-refund';

describe('giving back', () => {
  it('by keyboard alone: all, the reason, Enter; it says in figures what will happen, and what to hand over', async () => {
    const whole = { tenders: [{ ...cash, taken: 165_333n, left: 165_333n }] };
    const { screen, sent } = await dialog({
      'givingBack.ofOrder': () => standing(whole),
      'givingBack.give': () => given({ total: 165_333n, handed: 165_500n }),
    });
    await expectFocus(screen.getByRole('button', { name: 'Chọn hết' }));
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByTestId('refund-total'), '165.333 đ');
    await expectText(screen.getByTestId('refund-outcome'), /Hoàn 165\.500 đ tiền mặt từ Quầy 2/);
    await userEvent.fill(screen.getByRole('textbox', { name: /Lý do/ }), 'Khách đổi ý');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('Trả khách tiền mặt')).toBeVisible();
    await expectFocus(screen.getByRole('button', { name: 'Đóng', exact: true }).last());
    await expect
      .element(screen.getByRole('link', { name: 'In phiếu hoàn' }))
      .toHaveAttribute('href', refundReceiptAddress(approvalId));
    expect(sentTo(sent, 'givingBack.give')).toMatchObject([
      {
        ...{ orderId, kind: 'refund', reason: 'Khách đổi ý', approvalId: null },
        lines: [
          { position: 1, amount: 120_333n },
          { position: 2, amount: 45_000n },
        ],
        payments: [{ method: 'cash', amount: 165_333n }],
      },
    ]);
  });

  it('a part of a line; what is not right is said at its field and nothing is sent', async () => {
    const { screen, sent } = await dialog({ 'givingBack.ofOrder': () => standing(), 'givingBack.give': () => given() });
    await screen.getByRole('button', { name: 'Hoàn tiền' }).click();
    await expectText(screen.getByRole('alert'), /ít nhất một dịch vụ/);
    await screen.getByText('Công thức máu').click();
    const amount = screen.getByRole('textbox', { name: 'Số tiền hoàn cho CBC' });
    await userEvent.fill(amount, '120334');
    await userEvent.fill(screen.getByRole('textbox', { name: /Lý do/ }), 'x');
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByRole('alert'), /không quá phần còn lại/);
    expect(sentTo(sent, 'givingBack.give')).toEqual([]);
    await userEvent.fill(amount, '20000');
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(() => sentTo(sent, 'givingBack.give'))
      .toMatchObject([{ lines: [{ position: 1, amount: 20_000n }], payments: [{ method: 'cash', amount: 20_000n }] }]);
  });

  it('the way it came: card first, and somebody may divide it otherwise, to the dong', async () => {
    const { screen, sent } = await dialog({
      'givingBack.ofOrder': () => standing({ tenders: [card, cash] }),
      'givingBack.give': () => given(),
    });
    await screen.getByText('Công thức máu').click();
    await expectText(screen.getByTestId('refund-outcome'), /45\.000 đ về thẻ.*75\.500 đ tiền mặt/);
    await userEvent.fill(screen.getByRole('textbox', { name: 'Thẻ' }), '5000');
    await userEvent.fill(screen.getByRole('textbox', { name: /Lý do/ }), 'x');
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByRole('alert'), /cộng đúng/);
    await userEvent.fill(screen.getByRole('textbox', { name: 'Tiền mặt' }), '115333');
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(() => sentTo(sent, 'givingBack.give'))
      .toMatchObject([
        {
          payments: [
            { method: 'card', amount: 5_000n },
            { method: 'cash', amount: 115_333n },
          ],
        },
      ]);
  });

  it('a refusal is a sentence and loses nothing; sent again after a lost answer it has the same key', async () => {
    let times = 0;
    const { screen, sent } = await dialog({
      'givingBack.ofOrder': () => standing(),
      'givingBack.give': () => {
        times += 1;
        return times === 1 ? refuses('more_than_left', { code: 'CBC', left: 5 })() : given();
      },
    });
    await screen.getByText('Công thức máu').click();
    await userEvent.fill(screen.getByRole('textbox', { name: /Lý do/ }), 'x');
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByRole('alert'), /CBC chỉ còn hoàn được 5 đ/);
    await screen.getByRole('button', { name: 'Hoàn tiền' }).click();
    await expect.element(screen.getByText('Trả khách tiền mặt')).toBeVisible();
    const keys = sentTo(sent, 'givingBack.give').map((one) => (one as { clientKey: string }).clientKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('what may not be is said before it is tried', async () => {
    for (const [more, kind, text] of [
      [{ forbidden: 'voided' }, 'refund', /đã hủy/],
      [{ forbidden: 'nothing_left' }, 'refund', /hoàn hết/],
      [{ noVoid: 'day_over' }, 'void', /trong ngày bán/],
      [{ noVoid: 'refunded' }, 'void', /hoàn một phần/],
    ] as const) {
      const { screen } = await dialog({ 'givingBack.ofOrder': () => standing(more) }, { kind });
      await expect.element(screen.getByText(text)).toBeVisible();
      expect(screen.getByRole('textbox').elements()).toHaveLength(0);
      await screen.unmount();
    }
    const { screen, sent } = await dialog({
      'givingBack.ofOrder': () => standing({ till: null, notes: ['no_shift', 'other_branch', 'statement_sealed'] }),
    });
    await expect.element(screen.getByText(/chưa mở ca/)).toBeVisible();
    await expect.element(screen.getByText(/chi nhánh Q1/)).toBeVisible();
    await expect.element(screen.getByText(/dòng âm/)).toBeVisible();
    await screen.getByRole('button', { name: 'Chọn hết' }).click();
    await userEvent.fill(screen.getByRole('textbox', { name: /Lý do/ }), 'x');
    await userEvent.keyboard('{Enter}');
    expect(sentTo(sent, 'givingBack.give')).toEqual([]);
  });

  it('an order on account and one not paid say what is let go', async () => {
    const { screen } = await dialog({
      'givingBack.ofOrder': () => standing({ terms: 'account', tenders: [], notes: ['on_account'] }),
    });
    await screen.getByRole('button', { name: 'Chọn hết' }).click();
    await expectText(screen.getByTestId('refund-outcome'), /Giảm 165\.333 đ công nợ/);
    await screen.unmount();
    const owed = await dialog({
      'givingBack.ofOrder': () => standing({ owed: 100_000n, tenders: [{ ...cash, taken: 65_333n, left: 65_333n }] }),
    });
    await owed.screen.getByRole('button', { name: 'Chọn hết' }).click();
    await expectText(owed.screen.getByTestId('refund-outcome'), /Giảm 100\.000 đ tiền còn nợ/);
  });
});

it('an order that was touched is not voided, one that was voided is not given back', async () => {
  const lines = [{ refunded: false }] as never;
  const acts = await onScreen(<GiveBackActs order={{ id: orderId, state: 'paid', lines }} />);
  await expect.element(acts.getByRole('button', { name: 'Hủy đơn…' })).toBeVisible();
  await acts.unmount();
  const touched = await onScreen(
    <GiveBackActs order={{ id: orderId, state: 'paid', lines: [{ refunded: true }] as never }} />,
  );
  await expect.element(touched.getByRole('button', { name: 'Hoàn tiền…' })).toBeVisible();
  expect(touched.getByRole('button', { name: 'Hủy đơn…' }).elements()).toHaveLength(0);
  await touched.unmount();
  const voided = await onScreen(<GiveBackActs order={{ id: orderId, state: 'voided', lines }} />);
  expect(voided.getByRole('button').elements()).toHaveLength(0);
});

it('useRefundDraft: the proposal follows the lines until somebody divides it; RefundForm, ApprovalStep and ApproveHereForm are its steps', async () => {
  const { result, act } = await hookOnScreen(() => useRefundDraft(standing({ tenders: [card, cash] }), 'refund'));
  await act(() => result.current.choose(1, 50_000n));
  expect(result.current.payments).toEqual([
    { method: 'card', amount: 45_000n },
    { method: 'cash', amount: 5_000n },
  ]);
  expect(result.current.isAll).toBe(false);
  await act(() => result.current.all());
  expect(result.current.outcome).toMatchObject({ total: 165_333n, money: 165_333n, handed: 120_500n, takesTwo: false });
  await act(() => result.current.pay('cash', 1n, false));
  expect(result.current.paid).toBe(45_001n);
  await act(() => result.current.drop(1));
  expect(result.current.lines).toEqual([{ position: 2, amount: 45_000n }]);
  expect([RefundForm, ApprovalStep, ApproveHereForm].every((step) => typeof step === 'function')).toBe(true);
  const none = await hookOnScreen(() => useApprovalState(null));
  expect(none.result.current).toBeNull();
});
