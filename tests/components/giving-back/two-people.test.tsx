import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ApprovalsScreen } from '@/components/approvals/approvals-screen';
import { GiveBackByNumber } from '@/components/giving-back/give-back-by-number';
import { onScreen } from '../on-screen';
import { expectFocus, expectText } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';
import { approvalId, dialog, given, orderId, standing } from './sample-refund';

describe('two people', () => {
  const big = () => standing({ limit: 100_000n });
  const fill = async (screen: Awaited<ReturnType<typeof dialog>>['screen']) => {
    await screen.getByText('Công thức máu').click();
    await expect.element(screen.getByText('Cần trưởng chi nhánh duyệt')).toBeVisible();
    await userEvent.fill(screen.getByRole('textbox', { name: /Lý do/ }), 'x');
    await userEvent.keyboard('{Enter}');
  };

  it('waits for the manager, and gives back once that has approved', async () => {
    let state = 'waiting';
    const { screen, sent } = await dialog({
      'givingBack.ofOrder': big,
      'givingBack.ask': () => ({ approvalId }),
      'approvals.mine': () => ({ id: approvalId, state, decidedByName: 'Lê Quản Lý', answer: null }),
      'givingBack.give': () => given(),
    });
    await fill(screen);
    await expect.element(screen.getByText('Đang chờ trưởng chi nhánh duyệt')).toBeVisible();
    state = 'approved';
    await expect.element(screen.getByText(/Lê Quản Lý đã duyệt/)).toBeVisible();
    await expectFocus(screen.getByRole('button', { name: 'Hoàn tiền' }));
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('Trả khách tiền mặt')).toBeVisible();
    expect(sentTo(sent, 'givingBack.give')).toMatchObject([{ approvalId, reason: 'x' }]);
  });

  it('or takes the approval right here, by the manager’s own password', async () => {
    let tries = 0;
    const { screen, sent } = await dialog({
      'givingBack.ofOrder': big,
      'givingBack.ask': () => ({ approvalId }),
      'approvals.mine': () => ({ id: approvalId, state: 'waiting', decidedByName: null, answer: null }),
      'approvals.approveHere': () => {
        tries += 1;
        return tries === 1 ? refuses('wrong_credentials', {}, 401)() : null;
      },
      'givingBack.give': () => given(),
    });
    await fill(screen);
    await expectFocus(screen.getByRole('textbox', { name: /Email/ }));
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByRole('alert').last(), /email của người duyệt/);
    await userEvent.fill(screen.getByRole('textbox', { name: /Email/ }), 'quanly@sapoche.vn');
    await userEvent.fill(screen.getByLabelText(/Mật khẩu của trưởng/), 'sai');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('Email hoặc mật khẩu không đúng.')).toBeVisible();
    await userEvent.fill(screen.getByLabelText(/Mật khẩu của trưởng/), 'đúng rồi');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('Trả khách tiền mặt')).toBeVisible();
    expect(sentTo(sent, 'approvals.approveHere')).toMatchObject([
      { email: 'quanly@sapoche.vn', password: 'sai' },
      { email: 'quanly@sapoche.vn', password: 'đúng rồi' },
    ]);
  });

  it('refused, says why and leaves what was filled in; what still waits is withdrawn', async () => {
    let state = 'refused';
    const ids = [approvalId, orderId];
    const { screen, sent } = await dialog({
      'givingBack.ofOrder': big,
      'givingBack.ask': () => ({ approvalId: ids.shift() ?? null }),
      'approvals.mine': () => ({ id: approvalId, state, decidedByName: 'Lê Quản Lý', answer: 'Sai dịch vụ' }),
      'approvals.withdraw': () => null,
    });
    await fill(screen);
    await expect.element(screen.getByText('Sai dịch vụ')).toBeVisible();
    await screen.getByRole('button', { name: 'Quay lại' }).click();
    await expect.element(screen.getByRole('textbox', { name: /Lý do/ })).toHaveValue('x');
    expect(sentTo(sent, 'approvals.withdraw')).toEqual([]);
    state = 'waiting';
    await screen.getByRole('button', { name: 'Xin duyệt' }).click();
    await expect.element(screen.getByText('Đang chờ trưởng chi nhánh duyệt')).toBeVisible();
    await screen.getByRole('button', { name: 'Quay lại' }).click();
    await expect.poll(() => sentTo(sent, 'approvals.withdraw')).toEqual([{ id: orderId }]);
    const keys = sentTo(sent, 'givingBack.ask').map((one) => (one as { clientKey: string }).clientKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('a void of what somebody else sold takes two at any sum', async () => {
    const { screen } = await dialog(
      { 'givingBack.ofOrder': () => standing({ ownSale: false }) },
      { kind: 'void', locale: 'en' },
    );
    await expect.element(screen.getByText('Somebody else sold this order.')).toBeVisible();
    await expectFocus(screen.getByRole('textbox', { name: /Reason/ }));
    await expect.element(screen.getByRole('button', { name: 'Ask for approval' })).toBeVisible();
  });
});

describe('the manager', () => {
  const asked = {
    id: approvalId,
    kind: 'give-back',
    askedAt: new Date('2026-12-01T02:00:00Z'),
    askedByName: 'Trần Thu Ngân',
    reason: 'Khách đổi ý',
    amount: 620_333n,
    currency: 'VND',
    request: { kind: 'refund', lines: [[1, 620_333]], payments: [['cash', 620_333]] },
    order: {
      ...{ id: orderId, number: 'Q1-261201-0001', branchCode: 'Q1', patientName: 'Đặng Thị Mai', patientCode: 'BN1' },
      lines: [{ position: 1, nameVi: 'Công thức máu', nameEn: 'Blood count' }],
    },
  };
  const list = async (waiting: object[] = [asked]) => {
    let left = waiting;
    const sent = serverAnswers({
      'approvals.waiting': () => left,
      'approvals.decide': () => {
        left = [];
        return null;
      },
    });
    return { screen: await onScreen(<ApprovalsScreen />), sent };
  };

  it('sees what is asked, by whom and for whom, and approves by one press', async () => {
    const { screen, sent } = await list();
    await expect.element(screen.getByText(/Trần Thu Ngân xin duyệt.*cho Đặng Thị Mai \(BN1\)/)).toBeVisible();
    await expect.element(screen.getByText('Khách đổi ý')).toBeVisible();
    await expect.element(screen.getByText('Trả lại bằng Tiền mặt')).toBeVisible();
    await screen.getByRole('button', { name: 'Duyệt' }).click();
    await expect.element(screen.getByText('Không có gì chờ duyệt')).toBeVisible();
    expect(sentTo(sent, 'approvals.decide')).toEqual([{ id: approvalId, approve: true, answer: null }]);
  });

  it('refuses with a reason only', async () => {
    const { screen, sent } = await list();
    await screen.getByRole('button', { name: 'Từ chối' }).click();
    await userEvent.keyboard('{Enter}');
    expect(sentTo(sent, 'approvals.decide')).toEqual([]);
    await userEvent.fill(screen.getByRole('textbox'), 'Chưa đủ giấy tờ');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('Không có gì chờ duyệt')).toBeVisible();
    expect(sentTo(sent, 'approvals.decide')).toEqual([{ id: approvalId, approve: false, answer: 'Chưa đủ giấy tờ' }]);
  });
});

it('an order is found by the number on its receipt (NumberDialog), whatever its branch, by keyboard', async () => {
  const sent = serverAnswers({ 'givingBack.ofOrder': () => standing({ notes: ['other_branch'] }) });
  const screen = await onScreen(<GiveBackByNumber />);
  await screen.getByRole('button', { name: 'Hoàn theo số đơn…' }).click();
  await expect.element(screen.getByRole('textbox')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expectText(screen.getByRole('alert'), /quét hoặc nhập số đơn/);
  await userEvent.keyboard(' q1-261201-0001{Enter}');
  await expect.element(screen.getByText(/bán tại chi nhánh Q1/)).toBeVisible();
  expect(sentTo(sent, 'givingBack.ofOrder')).toEqual([{ number: 'q1-261201-0001' }]);
});
