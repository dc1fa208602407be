'use client';

import { useQuery } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { LinkButton } from '@/components/ui/button';
import { DateTime } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import { refundReceiptAddress } from './refund-receipt-address';

/** What was given back of an order: when, why, by whom, who approved it, where, and its paper. */
export function OrderRefunds({ orderId, currency }: { orderId: string; currency: string }) {
  const t = useTranslations('giving-back.list');
  const trpc = useTRPC();
  const { data: refunds = [] } = useQuery(trpc.givingBack.list.queryOptions({ orderId }));
  return (
    <ul className="divide-y divide-line">
      {refunds.map((refund) => (
        <li key={refund.id} className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2">
          <div className="min-w-0 flex-1 basis-56">
            <p className="font-medium">{refund.reason}</p>
            <p className="text-xs text-ink-2">
              {t(refund.kind)} · <DateTime value={refund.at} /> · {refund.byName ?? '—'}
              {refund.approvedByName && ` · ${t('approvedBy', { name: refund.approvedByName })}`}
              {refund.branchCode && ` · ${[refund.branchCode, refund.tillCode].filter(Boolean).join(' ')}`}
            </p>
          </div>
          <span className="tabular font-medium">
            <Money minor={-refund.total} currency={currency} />
          </span>
          <LinkButton
            href={refundReceiptAddress(refund.id)}
            target="_blank"
            prefetch={false}
            variant="quiet"
            icon={Printer}
          >
            {t('print')}
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}
