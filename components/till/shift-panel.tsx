'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DateTime } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import type { ShiftReport } from '@/server/modules/sales/till/schema';
import { CloseShiftDialog } from './close-shift-dialog';

type Props = { id: string; mayAccept: boolean; onClose: () => void };

/** A shift's report beside the list; a branch manager accepts it here. */
export function ShiftPanel({ id, mayAccept, onClose }: Props) {
  const t = useTranslations('till.shifts');
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const [asking, setAsking] = useState(false);
  const [counting, setCounting] = useState(false);
  const report = useQuery(trpc.till.shift.queryOptions({ shiftId: id }));
  const accept = useMutation(
    trpc.till.accept.mutationOptions({ onSuccess: () => client.invalidateQueries(trpc.till.pathFilter()) }),
  );
  return (
    <>
      <DetailPanel
        query={report}
        loading={t('loading')}
        title={(shift) => `${shift.tillCode} · ${shift.cashierName}`}
        footer={(shift) =>
          mayAccept &&
          (shift.cashierAway ? (
            <Button variant="primary" onPress={() => setCounting(true)}>
              {t('close')}
            </Button>
          ) : (
            shift.state === 'closed' && (
              <Button variant="primary" onPress={() => setAsking(true)}>
                {t('accept')}
              </Button>
            )
          ))
        }
        onClose={onClose}
      >
        {(shift) => <ShiftFigures shift={shift} />}
      </DetailPanel>
      {report.data && counting && (
        <CloseShiftDialog
          open
          shift={report.data}
          held={0}
          onClose={() => setCounting(false)}
          onClosed={() => setCounting(false)}
        />
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('acceptTitle')}
        consequence={t('acceptText')}
        confirmLabel={t('accept')}
        tone="primary"
        onConfirm={async () => {
          await accept.mutateAsync({ shiftId: id }).catch((error: unknown) => {
            throw new Error(sentenceOf(error).sentence);
          });
          setAsking(false);
        }}
      />
    </>
  );
}

function Figure({
  label,
  minor,
  currency,
  signed,
}: {
  label: string;
  minor: bigint;
  currency: string;
  signed?: boolean;
}) {
  return (
    <div className="flex items-baseline justify-between">
      <dt className="text-ink-2">{label}</dt>
      <dd className="tabular font-medium">
        <Money minor={minor} currency={currency} {...(signed ? { signed } : {})} />
      </dd>
    </div>
  );
}

function ShiftFigures({ shift }: { shift: ShiftReport }) {
  const t = useTranslations('till.shifts');
  const methods = useTranslations('till.pay.methods');
  const { currency, countedCash, expectedCash } = shift;
  return (
    <div className="space-y-5">
      {countedCash !== null && expectedCash !== null && <DrawerGap gap={countedCash - expectedCash} {...shift} />}
      <dl className="space-y-1">
        <div className="flex justify-between gap-2">
          <dt className="text-ink-2">{t('openedAt')}</dt>
          <dd>
            <DateTime value={shift.openedAt} />
          </dd>
        </div>
        {shift.closedAt && (
          <div className="flex justify-between gap-2">
            <dt className="text-ink-2">{t('closedAt')}</dt>
            <dd>
              <DateTime value={shift.closedAt} />
            </dd>
          </div>
        )}
        {shift.acceptedAt && (
          <div className="flex justify-between gap-2">
            <dt className="text-ink-2">{t('acceptedBy', { name: shift.acceptedByName ?? '' })}</dt>
            <dd>
              <DateTime value={shift.acceptedAt} />
            </dd>
          </div>
        )}
        <Figure label={t('float')} minor={shift.floatAmount} currency={currency} />
      </dl>
      {shift.state === 'open' ? (
        <>
          <Callout tone="info" title={t('openTitle')}>
            {t('openText', { count: shift.orders })}
          </Callout>
          {shift.cashierAway && (
            <Callout tone="notice" title={t('awayTitle')}>
              {t('awayText')}
            </Callout>
          )}
        </>
      ) : (
        <>
          <dl className="space-y-1 border-t pt-3">
            {shift.methods.map((one) => (
              <Figure
                key={one.method}
                label={t('methodCount', { method: methods(one.method), count: one.payments })}
                minor={one.amount}
                currency={currency}
              />
            ))}
            {shift.rounding !== 0n && (
              <Figure label={t('rounding')} minor={shift.rounding} currency={currency} signed />
            )}
          </dl>
          {countedCash !== null && expectedCash !== null && (
            <dl className="space-y-1 border-t pt-3">
              <Figure label={t('expectedCash')} minor={expectedCash} currency={currency} />
              <Figure label={t('countedCash')} minor={countedCash} currency={currency} />
              <Figure label={t('cashGap')} minor={countedCash - expectedCash} currency={currency} signed />
            </dl>
          )}

          <ShiftRefunds shift={shift} />
          <ThreeSums shift={shift} />
        </>
      )}
    </div>
  );
}

/** What was given back in this shift or of its sales; what another shift paid is no part of this drawer. */
function ShiftRefunds({ shift }: { shift: ShiftReport }) {
  const t = useTranslations('till.shifts');
  if (shift.refunds.length === 0) return null;
  return (
    <section className="border-t pt-3">
      <h3 className="mb-2 font-semibold">{t('refunds')}</h3>
      <ul className="space-y-1">
        {shift.refunds.map((refund) => (
          <li key={refund.id} className="flex items-baseline justify-between gap-3">
            <span className="min-w-0">
              <Link href={`/orders/${refund.orderId}`} className="tabular text-accent-ink hover:underline">
                {refund.number}
              </Link>
              <span className="block text-xs text-ink-2">
                <DateTime value={refund.at} /> ·{' '}
                {t(refund.here ? (refund.sold ? 'refundHere' : 'refundOfOther') : 'refundElsewhere')}
              </span>
            </span>
            <span className="tabular font-medium">
              <Money minor={refund.here ? -refund.paidBack : -refund.total} currency={shift.currency} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A drawer that holds less or more than the ledger says, before all sums: three that agree must not hide it. */
function DrawerGap({ gap, currency }: { gap: bigint; currency: string }) {
  const t = useTranslations('till.shifts');
  if (gap === 0n) return null;
  return (
    <Callout tone={gap < 0n ? 'wrong' : 'notice'} title={t(gap < 0n ? 'cashShort' : 'cashOver')}>
      <Money minor={gap < 0n ? -gap : gap} currency={currency} className="text-lg font-semibold" />
    </Callout>
  );
}

/** The proof of a close: three tables summed apart, and each order on which they differ. */
function ThreeSums({ shift }: { shift: ShiftReport }) {
  const t = useTranslations('till.shifts');
  const { sums, currency, gaps } = shift;
  return (
    <section className="border-t pt-3">
      <h3 className="mb-2 font-semibold">{t('proof')}</h3>
      <dl className="mb-3 space-y-1">
        <Figure label={t('byOrders')} minor={sums.ordered} currency={currency} />
        <Figure label={t('byPayments')} minor={sums.paid} currency={currency} />
        <Figure label={t('byLedger')} minor={sums.ledger} currency={currency} />
      </dl>
      {gaps.length === 0 ? (
        <p className="flex items-start gap-1.5 text-xs text-ink-2">
          <CircleCheck aria-hidden="true" className="mt-px size-3.5 shrink-0 text-good" />
          {t('agree')}. {t('agreeText', { count: shift.orders })}
        </p>
      ) : (
        <Callout tone="wrong" title={t('differ', { count: gaps.length })}>
          <ul className="mt-1 space-y-1">
            {gaps.map((gap) => (
              <li key={gap.orderId ?? 'none'} className="tabular">
                {gap.orderId ? <Link href={`/orders/${gap.orderId}`}>{gap.number}</Link> : t('noOrder')}
                {': '}
                <Money minor={gap.ordered} currency={currency} withCurrency={false} /> /{' '}
                <Money minor={gap.paid} currency={currency} withCurrency={false} /> /{' '}
                <Money minor={gap.ledger} currency={currency} withCurrency={false} />
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </section>
  );
}
