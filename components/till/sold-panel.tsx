'use client';

import { ArrowRight, CircleCheck, Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button, LinkButton } from '@/components/ui/button';
import { KeyHint } from '@/components/ui/key-hint';
import { Money } from '@/components/ui/money';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import { soldOutcome } from './sold-outcome';

/** Where the receipt of an order opens; it is made there and then if it is not there yet. */
export const receiptAddress = (orderId: string, language: 'vi' | 'en' = 'vi') =>
  `/orders/${orderId}/receipt?language=${language}`;

/** After a sale: number, change in large figures, print, and the next sale on Enter. */
export function SoldPanel({ sold, onPrint, onNext }: { sold: PaidOrder; onPrint: () => void; onNext: () => void }) {
  const t = useTranslations('till.sold');
  const outcome = soldOutcome(sold);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={t('label')}
      className="flex h-full flex-col gap-4 bg-surface p-4 outline-none @max-[50rem]/till:border-t"
    >
      <p role="status" className="flex items-center gap-2 font-semibold text-good">
        <CircleCheck aria-hidden="true" className="size-5" />
        {t(outcome)}
      </p>
      <div>
        <p className="text-ink-2">{t('number')}</p>
        <p className="tabular text-lg font-bold" data-testid="order-number">
          {sold.number}
        </p>
      </div>
      {outcome === 'done' && (
        <div className="rounded-lg border border-good-line bg-good-soft p-4">
          <p className="text-ink-2">{t('change')}</p>
          <p className="tabular text-xl font-bold" data-testid="change">
            <Money minor={sold.change} currency={sold.currency} />
          </p>
        </div>
      )}
      <dl className="space-y-1">
        <Row label={t('total')} minor={sold.netTotal} currency={sold.currency} />
        {sold.rounding !== 0n && <Row label={t('rounding')} minor={sold.rounding} currency={sold.currency} signed />}
        <Row label={t('paid')} minor={sold.paid + sold.rounding} currency={sold.currency} />
        {sold.due > 0n && <Row label={t('due')} minor={sold.due} currency={sold.currency} />}
      </dl>
      <p className="text-xs text-ink-2">
        {sold.terms === 'account' ? t('billed') : sold.settled ? t('sent') : t('unpaid')}
      </p>
      <div className="mt-auto flex flex-col gap-2">
        <Button
          variant="primary"
          icon={ArrowRight}
          keys={<KeyHint keys="Enter" />}
          onPress={onNext}
          className="h-12 w-full text-base"
        >
          {t('next')}
        </Button>
        <Button icon={Printer} keys={<KeyHint keys="F10" />} onPress={onPrint} className="w-full">
          {t('print')}
        </Button>
        <div className="flex gap-2">
          <LinkButton href={receiptAddress(sold.orderId, 'en')} target="_blank" variant="quiet" className="flex-1">
            {t('printEnglish')}
          </LinkButton>
          <LinkButton href={`/orders/${sold.orderId}`} variant="quiet" className="flex-1">
            {t('open')}
          </LinkButton>
        </div>
      </div>
    </section>
  );
}

type RowProps = { label: string; minor: bigint; currency: string; signed?: boolean };

function Row({ label, minor, currency, signed = false }: RowProps) {
  return (
    <div className="flex items-baseline justify-between">
      <dt className="text-ink-2">{label}</dt>
      <dd className="tabular font-medium">
        <Money minor={minor} currency={currency} signed={signed} />
      </dd>
    </div>
  );
}
