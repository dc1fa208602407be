'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Button, LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { Money } from '@/components/ui/money';
import { Skeleton } from '@/components/ui/skeleton';
import type { GivenBack, GivingBack, GivingBackInput, RefundKind } from '@/server/modules/sales/giving-back/schema';
import { ApprovalStep, useApprovalState } from './approval-step';
import { RefundForm } from './refund-form';
import { refundReceiptAddress } from './refund-receipt-address';
import { type RefundDraft, useRefundDraft } from './use-refund-draft';

type Props = { asked: GivingBackInput; kind: RefundKind; onClose: () => void };

/** Gives back of an order: asks what of it can be given back before anything is filled in. */
export function GiveBackDialog({ asked, kind, onClose }: Props) {
  const t = useTranslations('giving-back');
  const trpc = useTRPC();
  const sentenceOf = useErrorSentence();
  const standing = useQuery({ ...trpc.givingBack.ofOrder.queryOptions(asked), staleTime: 0 });
  const forbidden = standing.data && (standing.data.forbidden ?? (kind === 'void' ? standing.data.noVoid : null));
  if (standing.data && !forbidden) return <GiveBackSteps standing={standing.data} kind={kind} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={t(`title.${kind}`)} footer={<Button onPress={onClose}>{t('close')}</Button>}>
      {standing.error && <Callout tone="wrong">{sentenceOf(standing.error).sentence}</Callout>}
      {forbidden && <Callout tone="notice">{t(`forbidden.${forbidden}`)}</Callout>}
      {standing.isPending && <Skeleton className="h-40" />}
    </Dialog>
  );
}

/** One key for one request, so that what is sent again after a lost answer is the same, and what was changed is another. */
function useKeys() {
  const keys = useRef(new Map<string, string>());
  return {
    keyOf: (request: object) => {
      const name = JSON.stringify(request, (_, one: unknown) => (typeof one === 'bigint' ? one.toString() : one));
      const key = keys.current.get(name) ?? crypto.randomUUID();
      keys.current.set(name, key);
      return key;
    },
    /** What was refused may be asked again, which is another request. */
    forget: () => keys.current.clear(),
  };
}

function useGiveBack(standing: GivingBack, draft: RefundDraft) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { keyOf, forget } = useKeys();
  const [approvalId, setApprovalId] = useState<string | null>(null);
  const approval = useApprovalState(approvalId);
  const refresh = () => {
    void client.invalidateQueries(trpc.orders.pathFilter());
    void client.invalidateQueries(trpc.givingBack.list.pathFilter());
  };
  const give = useSentOnce(trpc.givingBack.give.mutationOptions({ onSuccess: refresh }));
  const request = {
    orderId: standing.orderId,
    kind: draft.kind,
    lines: draft.kind === 'void' ? [] : draft.lines,
    payments: draft.payments,
    reason: draft.reason,
  };
  const giveNow = (id: string | null) => {
    const asked = { ...request, approvalId: id };
    give.mutate({ ...asked, clientKey: keyOf(asked) });
  };
  const ask = useSentOnce(
    trpc.givingBack.ask.mutationOptions({
      onSuccess: (answer) => (answer.approvalId ? setApprovalId(answer.approvalId) : giveNow(null)),
    }),
  );
  const withdraw = useSentOnce(trpc.approvals.withdraw.mutationOptions());
  return {
    approvalId,
    approval,
    done: give.data ?? null,
    pending: give.isPending || ask.isPending,
    error: give.error ?? ask.error,
    submit: () =>
      draft.outcome.takesTwo ? ask.mutate({ ...request, clientKey: keyOf({ ask: request }) }) : giveNow(null),
    giveApproved: () => giveNow(approvalId),
    /** Back to what is filled in; what still waits is no longer wanted. */
    again: () => {
      if (approvalId && approval?.state === 'waiting') withdraw.mutate({ id: approvalId });
      forget();
      setApprovalId(null);
    },
  };
}

function GiveBackSteps({ standing, kind, onClose }: { standing: GivingBack; kind: RefundKind; onClose: () => void }) {
  const t = useTranslations('giving-back');
  const sentenceOf = useErrorSentence();
  const formId = useId();
  const draft = useRefundDraft(standing, kind);
  const act = useGiveBack(standing, draft);
  const { approval, approvalId, done, pending } = act;
  const refusal = act.error ? sentenceOf(act.error).sentence : null;
  const state = approvalId ? (approval?.state ?? 'waiting') : null;
  const close = () => {
    act.again();
    onClose();
  };
  if (done) return <Given given={done} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={close}
      locked={pending}
      title={t(`title.${kind}`)}
      description={`${standing.number} · ${standing.patientName}`}
      footer={
        <>
          <Button onPress={approvalId ? act.again : close} disabled={pending}>
            {approvalId ? t('back') : t('cancel')}
          </Button>
          {state === 'approved' ? (
            <Button key="give" variant="danger" pending={pending} onPress={act.giveApproved} autoFocus>
              {t(`confirm.${kind}`)}
            </Button>
          ) : state === null || state === 'waiting' ? (
            <Button variant={state ? 'primary' : 'danger'} type="submit" form={formId} pending={pending}>
              {state ? t('approval.approve') : t(draft.outcome.takesTwo ? 'ask' : `confirm.${kind}`)}
            </Button>
          ) : null}
        </>
      }
    >
      {state === null ? (
        <RefundForm id={formId} standing={standing} draft={draft} refusal={refusal} onSubmit={act.submit} />
      ) : state === 'approved' ? (
        <Callout tone={refusal ? 'wrong' : 'good'} title={refusal ? undefined : t('approval.approved')} announce>
          {refusal ?? t('approval.approvedText', { name: approval?.decidedByName ?? '' })}
        </Callout>
      ) : (
        <ApprovalStep
          id={approvalId ?? ''}
          formId={formId}
          state={state}
          answer={approval?.answer ?? null}
          onApproved={act.giveApproved}
        />
      )}
    </Dialog>
  );
}

/** It is done: what goes into the customer's hand, and the paper for it. */
function Given({ given, onClose }: { given: GivenBack; onClose: () => void }) {
  const t = useTranslations('giving-back.done');
  const tCommon = useTranslations('giving-back');
  const { currency } = given;
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={t(given.kind)}
      footer={
        <>
          <LinkButton href={refundReceiptAddress(given.refundId)} target="_blank" prefetch={false} icon={Printer}>
            {t('print')}
          </LinkButton>
          <Button variant="primary" onPress={onClose} autoFocus>
            {tCommon('close')}
          </Button>
        </>
      }
    >
      <dl className="space-y-1">
        <div className="flex items-baseline justify-between">
          <dt className="text-ink-2">{t('total')}</dt>
          <dd className="tabular font-medium">
            <Money minor={given.total} currency={currency} />
          </dd>
        </div>
        {given.handed > 0n && (
          <div className="flex items-baseline justify-between">
            <dt className="text-ink-2">{t('handed')}</dt>
            <dd className="tabular text-xl font-bold">
              <Money minor={given.handed} currency={currency} />
            </dd>
          </div>
        )}
      </dl>
    </Dialog>
  );
}
