'use client';

import { ArrowRight, CircleCheck, Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { KeyHint } from '@/components/ui/key-hint';
import { Money } from '@/components/ui/money';
import type { TakenBalance } from '@/server/modules/sales/payments/schema';
import { receiptAddress } from './sold-panel';

/** After a balance was taken: the change, what is still owed, the receipt of all payments, and on by Enter. */
export function TakenPanel({ taken, onNext }: { taken: TakenBalance; onNext: () => void }) {
  const t = useTranslations('till.balance');
  const sold = useTranslations('till.sold');
  const { currency } = taken;
  const print = () => window.open(receiptAddress(taken.orderId), '_blank', 'noopener');
  const rows = [
    { label: sold('total'), minor: taken.netTotal },
    { label: t('before'), minor: taken.paidBefore },
    { label: t('now'), minor: taken.paid + taken.rounding },
    ...(taken.due > 0n ? [{ label: t('due'), minor: taken.due }] : []),
  ];
  return (
    <section
      aria-label={t('done')}
      className="space-y-4"
      onKeyDown={(event) => {
        if (event.key !== 'F10') return;
        event.preventDefault();
        print();
      }}
    >
      <p role="status" className="flex items-center gap-2 font-semibold text-good">
        <CircleCheck aria-hidden="true" className="size-5" />
        {t(taken.settled ? 'settled' : 'part', { number: taken.number })}
      </p>
      <div className="rounded-lg border border-good-line bg-good-soft p-4">
        <p className="text-ink-2">{sold('change')}</p>
        <p className="tabular text-xl font-bold" data-testid="balance-change">
          <Money minor={taken.change} currency={currency} />
        </p>
      </div>
      <dl className="space-y-1">
        {rows.map(({ label, minor }) => (
          <div key={label} className="flex items-baseline justify-between">
            <dt className="text-ink-2">{label}</dt>
            <dd className="tabular font-medium">
              <Money minor={minor} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-col gap-2">
        <Button
          variant="primary"
          icon={ArrowRight}
          keys={<KeyHint keys="Enter" />}
          onPress={onNext}
          autoFocus
          className="h-12 w-full text-base"
        >
          {t('next')}
        </Button>
        <Button icon={Printer} keys={<KeyHint keys="F10" />} onPress={print} className="w-full">
          {sold('print')}
        </Button>
      </div>
    </section>
  );
}
