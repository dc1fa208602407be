import { describe, expect, it } from 'vitest';
import { RateCardPage } from '@/components/pricing/rate-card-page';
import { RateCardScope } from '@/components/pricing/rate-card-scope';
import { RateCardsScreen } from '@/components/pricing/rate-cards-screen';
import { useItemColumns } from '@/components/pricing/use-item-columns';
import { useRateCardColumns } from '@/components/pricing/use-rate-card-columns';
import { Validity, VersionStateBadge } from '@/components/pricing/version-state';
import type { RateCardItem, RateCardTarget, RateCardVersion } from '@/server/modules/sales/pricing/schema';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { choose, expectText } from '../press';
import { sentTo, serverAnswers } from '../server-answers';

const id = '00000000-0000-7000-8000-000000000091';
const versionId = (at: number) => `00000000-0000-7000-8000-00000000009${at}`;

const version = (at: number, more: Partial<RateCardVersion> = {}): RateCardVersion => ({
  id: versionId(at),
  validFrom: '2026-07-01',
  validTo: null,
  state: 'in-force',
  itemCount: 2,
  publishedAt: new Date('2026-06-01T01:00:00Z'),
  publishedBy: 'Lê An',
  previousFrom: '2026-01-01',
  ...more,
});

const target = {
  scope: 'branch' as const,
  tier: null,
  branchCode: 'HCM',
  branchNameVi: 'Sài Gòn',
  branchNameEn: 'Saigon',
  customerCode: null,
  customerName: null,
  customers: null,
};

const versions = [
  version(2),
  version(3, { state: 'ended', validFrom: '2026-01-01', validTo: '2026-07-01', previousFrom: null }),
];
const card = { ...target, id, code: 'HCM-2026', currency: 'VND', versions };

const item = (more: Partial<RateCardItem> = {}): RateCardItem => ({
  code: 'CBC',
  nameVi: 'Công thức máu',
  nameEn: 'Blood count',
  price: 105_000n,
  before: 100_000n,
  difference: 5_000n,
  ...more,
});

const answers = {
  'rateCards.byId': () => card,
  'rateCards.items': () => ({ rows: [item()], nextCursor: null }),
  'rateCards.changes': () => ({ all: 2, raised: 1, lowered: 0, added: 1, dropped: 0 }),
};

describe('a rate card', () => {
  it('shows the version in force; another by a press, without the kind of change that was chosen', async () => {
    const sent = serverAnswers(answers);
    const screen = await onScreen(<RateCardPage id={id} />, { address: `/rate-cards/${id}?change=raised` });
    await expect.element(screen.getByText('So với phiên bản trước, có hiệu lực từ 01/01/2026.')).toBeVisible();
    expect(sentTo(sent, 'rateCards.items')[0]).toMatchObject({ versionId: versionId(2), change: 'raised', limit: 100 });
    await screen.getByRole('button', { name: /Hết hiệu lực/ }).click();
    await expectAddress(`/rate-cards/${id}?version=${versionId(3)}`);
    await expect.element(screen.getByText('Phiên bản đầu tiên của bảng giá này.')).toBeVisible();
    expect(screen.getByRole('radio').elements()).toHaveLength(0);
  });

  it('what is typed goes to the address once the typing rests; a kind of change without any cannot be chosen', async () => {
    const sent = serverAnswers(answers);
    const screen = await onScreen(<RateCardPage id={id} />, { address: `/rate-cards/${id}` });
    await expect.element(screen.getByRole('radio', { name: 'Giảm 0' })).toBeDisabled();
    await choose(screen.getByRole('radio', { name: 'Mới 1' }));
    await expectAddress(`/rate-cards/${id}?change=added`);
    await screen.getByRole('searchbox').fill('mau');
    await expectAddress(`/rate-cards/${id}?change=added&service=mau`);
    await expect.poll(() => sentTo(sent, 'rateCards.items').at(-1)).toMatchObject({ search: 'mau', change: 'added' });
    await choose(screen.getByRole('radio', { name: 'Tất cả 2' }));
    await expectAddress(`/rate-cards/${id}?service=mau`);
  });

  it('without a version says how one comes', async () => {
    serverAnswers({ ...answers, 'rateCards.byId': () => ({ ...card, versions: [] }) });
    const screen = await onScreen(<RateCardPage id={id} />);
    await expect.element(screen.getByText(/khi một phiên bản được phát hành từ tệp giá/)).toBeVisible();
  });
});

it('useItemColumns: by how much a price changed, what is new, dropped or the same, and the name in the other language', async () => {
  const { result } = await hookOnScreen(() => ({
    roomy: useItemColumns('VND', true, true),
    narrow: useItemColumns('VND', true, false),
    first: useItemColumns('VND', false, false),
  }));
  const { roomy, narrow, first } = result.current;
  const ids = (columns: typeof roomy) => columns.map((column) => column.id);
  expect(ids(roomy)).toEqual(['service', 'otherName', 'before', 'price', 'difference']);
  expect(ids(narrow)).toEqual(['service', 'before', 'price', 'difference']);
  expect(ids(first)).toEqual(['service', 'price']);
  const difference = roomy.find((column) => column.id === 'difference');
  const said = async (more: Partial<RateCardItem>) => {
    const screen = await onScreen(<p data-testid="said">{difference?.cell(item(more))}</p>);
    const text = screen.getByTestId('said').element().textContent;
    await screen.unmount();
    return text;
  };
  expect(await said({})).toBe('+5.000(+5%)');
  expect(await said({ difference: -2_500n })).toBe('−2.500(−2,5%)');
  expect(await said({ difference: 0n })).toBe('Không đổi');
  expect(await said({ before: null, difference: null })).toBe('Mới');
  expect(await said({ price: null, difference: null })).toBe('Đã bỏ');
  const english = await hookOnScreen(() => useItemColumns('VND', false, true), { locale: 'en' });
  const name = await onScreen(<p>{english.result.current[0]?.cell(item())}</p>);
  await expect.element(name.getByText('Blood count')).toBeVisible();
});

it('a version in force says until when, to its last day; one without an end does not', async () => {
  const badge = (validTo: string | null) => (
    <p data-testid="state">
      <VersionStateBadge version={{ state: 'in-force', validTo }} /> ·{' '}
      <Validity version={{ validFrom: '2026-01-01', validTo }} />
    </p>
  );
  const screen = await onScreen(badge('2027-01-01'));
  await expectText(screen.getByTestId('state'), 'Đang hiệu lực đến 31/12/2026 · 01/01/2026 đến 31/12/2026');
  await screen.rerender(badge(null));
  await expectText(screen.getByTestId('state'), 'Đang hiệu lực · từ 01/01/2026');
});

it('whom a card is for is said in words, in both languages', async () => {
  const scope = (whom: RateCardTarget) => (
    <p>
      <RateCardScope target={whom} />
    </p>
  );
  const screen = await onScreen(scope(target));
  await expect.element(screen.getByText('Chi nhánh Sài Gòn')).toBeVisible();
  await screen.rerender(scope({ ...target, scope: 'all' }));
  await expect.element(screen.getByText('Giá chung cho toàn hệ thống')).toBeVisible();
  await screen.rerender(scope({ ...target, scope: 'tier', tier: 'svip2', customers: 12 }));
  await expect.element(screen.getByText('12 khách hàng')).toBeVisible();
  await expect.element(screen.getByText('Hạng SVIP 2')).toBeInTheDocument();
  await screen.rerender(scope({ ...target, scope: 'customer', customerName: 'An Bình', customerCode: 'KH1' }));
  await expect.element(screen.getByText('An Bình')).toBeVisible();
  await expect.element(screen.getByText('KH1')).toBeVisible();
  await screen.unmount();
  const english = await onScreen(scope(target), { locale: 'en' });
  await expect.element(english.getByText(/Saigon/)).toBeVisible();
});

describe('the list of rate cards (useRateCardColumns, RateCardPanel)', () => {
  const rows = [{ ...target, id, code: 'HCM-2026', currency: 'VND', versionCount: 2, version: version(2) }];

  it('a row found by a day opens on the version of that day, and what is open beside it leaves room', async () => {
    const sent = serverAnswers({ ...answers, 'rateCards.list': () => ({ rows, nextCursor: null }) });
    const screen = await onScreen(<RateCardsScreen />, { address: '/rate-cards?on=2026-08-01&scope=general' });
    await expect.element(screen.getByText('Bảng giá có hiệu lực vào ngày 01/08/2026.')).toBeVisible();
    expect(sentTo(sent, 'rateCards.list')[0]).toMatchObject({ on: '2026-08-01', scope: 'all', limit: 100 });
    await screen.getByRole('gridcell', { name: /Sài Gòn/ }).click();
    await expectAddress(`/rate-cards?on=2026-08-01&scope=general&version=${versionId(2)}&open=${id}`);
    await expect
      .element(screen.getByRole('link', { name: 'Mở trang riêng' }))
      .toHaveAttribute('href', `/rate-cards/${id}?version=${versionId(2)}`);
    await screen.getByRole('button', { name: 'Đóng chi tiết' }).click();
    await expectAddress('/rate-cards?on=2026-08-01&scope=general');
  });

  it('without a day the address names no version; brief columns are those that distinguish', async () => {
    serverAnswers({ ...answers, 'rateCards.list': () => ({ rows, nextCursor: null }) });
    const screen = await onScreen(<RateCardsScreen />, { address: '/rate-cards' });
    await screen.getByRole('gridcell', { name: /Sài Gòn/ }).click();
    await expectAddress(`/rate-cards?open=${id}`);
    const heads = screen.getByRole('table').or(screen.getByRole('grid')).first();
    await expect.element(heads).toBeVisible();
    const named = screen
      .getByRole('grid', { name: 'Bảng giá' })
      .getByRole('columnheader')
      .elements()
      .map((one) => one.textContent);
    expect(named.filter(Boolean)).toEqual(['Mã bảng giá', 'Áp dụng cho', 'Hôm nay']);
    const { result } = await hookOnScreen(() => useRateCardColumns());
    expect(result.current).toHaveLength(7);
  });
});
