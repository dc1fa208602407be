'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/checkbox';
import { Code } from '@/components/ui/code';
import { DateTime, DayText } from '@/components/ui/date-time';
import { KeyHint } from '@/components/ui/key-hint';
import { Money } from '@/components/ui/money';
import type { OwedOrder, TakenBalance } from '@/server/modules/sales/payments/schema';
import { CashDue } from './payment-panel';
import { Tenders } from './tenders';
import { useBalance } from './use-balance';

type Props = { order: OwedOrder; shiftId: string; onTaken: (taken: TakenBalance) => void };

/** What is owed of one order, what came in before, and how it is paid now; Enter in the amount takes it. */
export function TakeOwed({ order, shiftId, onTaken }: Props) {
  const t = useTranslations('till.balance');
  const pay = useTranslations('till.pay');
  const balance = useBalance(order, shiftId, onTaken);
  const amount = useRef<HTMLInputElement>(null);
  useEffect(() => amount.current?.focus(), []);
  const { sums, obstacle } = balance;
  const { currency } = order;
  const hasCash = balance.tenders.some((tender) => tender.method === 'cash');
  return (
    <div className="space-y-4">
      <OwedFacts order={order} />
      <p className="flex items-baseline justify-between gap-2 border-t pt-3">
        <span className="font-semibold">{t('due')}</span>
        <output className="tabular text-xl font-bold" data-testid="balance-due">
          <Money minor={order.due} currency={currency} />
        </output>
      </p>
      <Tenders
        tenders={balance.tenders}
        dueBeside={balance.dueBeside}
        currency={currency}
        act={balance.act}
        amountRef={amount}
        onEnter={balance.take}
      />
      {hasCash && <CashDue total={order.due} sums={sums} currency={currency} />}
      {sums.change > 0n && (
        <p className="flex items-baseline justify-between gap-2 text-good">
          <span className="font-semibold">{pay('change')}</span>
          <span className="tabular text-xl font-bold">
            <Money minor={sums.change} currency={currency} />
          </span>
        </p>
      )}
      {sums.due > 0n && (
        <div className="space-y-1">
          <p className="flex items-baseline justify-between gap-2 text-notice">
            <span className="font-medium">{t('stillDue')}</span>
            <span className="tabular font-semibold">
              <Money minor={sums.due} currency={currency} />
            </span>
          </p>
          <Checkbox checked={balance.isPart} onChange={balance.setPart}>
            {pay('payLater')}
          </Checkbox>
        </div>
      )}
      {balance.failure && (
        <Callout tone="wrong" title={t('notTaken')} announce>
          {balance.failure}
        </Callout>
      )}
      <Button
        variant="primary"
        keys={<KeyHint keys="Enter" />}
        pending={balance.pending}
        disabled={obstacle !== null}
        onPress={balance.take}
        className="h-12 w-full text-base"
      >
        {t('take')}
      </Button>
      <p role="status" className="min-h-4 text-center text-xs text-ink-2">
        {balance.retrying ? t('retrying') : obstacle ? pay(`obstacles.${obstacle}`) : ''}
      </p>
    </div>
  );
}

function OwedFacts({ order }: { order: OwedOrder }) {
  const t = useTranslations('till.balance');
  const methods = useTranslations('till.pay.methods');
  const locale = useLocale();
  return (
    <div className="space-y-2">
      <div>
        <p className="text-base font-semibold break-words">{order.patientName}</p>
        <p className="text-xs text-ink-2">
          <DayText value={order.dob} /> · <Code>{order.patientCode}</Code>
        </p>
      </div>
      <p className="text-ink-2">
        <Code className="font-semibold text-ink">{order.number}</Code> · <DateTime value={order.orderedAt} /> ·{' '}
        {locale === 'en' ? order.branchNameEn : order.branchNameVi}
      </p>
      <dl className="space-y-1">
        <div className="flex items-baseline justify-between">
          <dt className="text-ink-2">{t('net')}</dt>
          <dd className="tabular">
            <Money minor={order.netTotal} currency={order.currency} />
          </dd>
        </div>
        {order.payments.map((payment) => (
          <div key={payment.id} className="flex items-baseline justify-between gap-3">
            <dt className="text-ink-2">
              {methods(payment.method)} · <DateTime value={payment.paidAt} />
            </dt>
            <dd className="tabular">
              <Money minor={0n - payment.amount} currency={order.currency} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
