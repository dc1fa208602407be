'use client';

import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { PageHeader } from '@/components/frame/page-header';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DateTime } from '@/components/ui/date-time';
import { EmptyState } from '@/components/ui/empty-state';
import { Money } from '@/components/ui/money';
import type { WaitingApproval } from '@/server/modules/core/approvals/schema';

/** What waits for a manager: what is asked, by whom, for whom; approved by one press, refused with a reason. */
export function ApprovalsScreen() {
  const t = useTranslations('giving-back.approvals');
  const trpc = useTRPC();
  const { data: waiting } = useSuspenseQuery(trpc.approvals.waiting.queryOptions());
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('title')} description={t('text')} />
      {waiting.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="space-y-3">
          {waiting.map((approval) => (
            <li key={approval.id}>
              <ApprovalCard approval={approval} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function useDecision() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const refresh = () => {
    void client.invalidateQueries(trpc.approvals.pathFilter());
    void client.invalidateQueries(trpc.pending.pathFilter());
  };
  return useSentOnce(trpc.approvals.decide.mutationOptions({ onSettled: refresh }));
}

function ApprovalCard({ approval }: { approval: WaitingApproval }) {
  const t = useTranslations('giving-back.approvals');
  const sentenceOf = useErrorSentence();
  const [refusing, setRefusing] = useState(false);
  const decide = useDecision();
  const { id, order, currency, reason } = approval;
  return (
    <article aria-label={order?.number ?? t('title')} className="card space-y-3 p-(--card-p)">
      <header className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="font-semibold">
          {t(`kinds.${approval.kind === 'discount' ? 'discount' : approval.request.kind}`)}
          {order && (
            <>
              {' · '}
              <Link href={`/orders/${order.id}`} className="tabular text-accent-ink hover:underline">
                {order.number}
              </Link>
            </>
          )}
        </h2>
        <Money minor={approval.amount} currency={currency} className="text-lg font-bold" />
      </header>
      <p className="text-ink-2">
        {t('askedBy', { name: approval.askedByName })} · <DateTime value={approval.askedAt} timeOnly />
        {order && ` · ${t('for', { name: order.patientName, code: order.patientCode })}`}
      </p>
      <Callout>{reason}</Callout>
      {approval.request && <RequestLines approval={approval} />}
      {decide.error && <Callout tone="wrong">{sentenceOf(decide.error).sentence}</Callout>}
      <footer className="flex flex-wrap justify-end gap-2">
        <Button onPress={() => setRefusing(true)}>{t('refuse')}</Button>
        <Button
          variant="primary"
          pending={decide.isPending}
          onPress={() => decide.mutate({ id, approve: true, answer: null })}
        >
          {t('approve')}
        </Button>
      </footer>
      <ConfirmDialog
        open={refusing}
        onClose={() => setRefusing(false)}
        title={t('refuseTitle')}
        consequence={t('refuseText')}
        confirmLabel={t('refuse')}
        reason="required"
        onConfirm={(answer) =>
          decide.mutateAsync({ id, approve: false, answer }).catch((error: unknown) => {
            throw new Error(sentenceOf(error).sentence);
          })
        }
      />
    </article>
  );
}

function RequestLines({ approval }: { approval: WaitingApproval }) {
  const locale = useLocale();
  const t = useTranslations('giving-back.approvals');
  const methods = useTranslations('till.pay.methods');
  const { request, order, currency } = approval;
  const nameOf = (position: number) => {
    const line = order?.lines.find((one) => one.position === position);
    return line ? (locale === 'en' ? line.nameEn : line.nameVi) : String(position);
  };
  return (
    <dl className="space-y-1">
      {request.lines.map(([position, amount]) => (
        <div key={position} className="flex items-baseline justify-between gap-3">
          <dt className="min-w-0 text-ink-2">{nameOf(position)}</dt>
          <dd className="tabular">
            <Money minor={BigInt(amount)} currency={currency} />
          </dd>
        </div>
      ))}
      {request.payments.map(([method, amount]) => (
        <div key={method} className="flex items-baseline justify-between gap-3 border-t pt-1">
          <dt className="text-ink-2">{t('paidBack', { method: methods(method) })}</dt>
          <dd className="tabular font-medium">
            <Money minor={BigInt(amount)} currency={currency} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
