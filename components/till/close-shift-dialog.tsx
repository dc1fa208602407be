'use client';

import { useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { CameBack } from '@/components/kit/draft/came-back';
import { useKeptDraft } from '@/components/kit/draft/use-kept-draft';
import { Button, LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { Money } from '@/components/ui/money';
import { amountText } from '@/components/ui/money-text';
import { NumberField } from '@/components/ui/number-field';
import { denominationsOf } from '@/server/domain/cash';
import { countedTotal } from '@/server/modules/sales/till/rules';
import type { CurrentShift } from '@/server/modules/sales/till/schema';

type Counted = Pick<CurrentShift, 'id' | 'tillCode' | 'currency'>;
type Props = { open: boolean; shift: Counted; held: number; onClose: () => void; onClosed: () => void };

const isCount = (kept: unknown): kept is Record<string, number> =>
  typeof kept === 'object' && kept !== null && Object.values(kept).every(Number.isSafeInteger);

/** The blind count: pieces of each note, their sum, and only after closing what the drawer should have held. */
export function CloseShiftDialog({ open, shift, held, onClose, onClosed }: Props) {
  const t = useTranslations('till.close');
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const [counts, setCounts] = useState<Record<string, number>>({});
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const count = (value: string, pieces: number, wrong: boolean) => {
    setCounts({ ...counts, [value]: pieces });
    setRefused(new Set([...[...refused].filter((one) => one !== value), ...(wrong ? [value] : [])]));
  };
  const kept = useKeptDraft({
    name: `count.${shift.id}`,
    draft: counts,
    isEmpty: Object.values(counts).every((pieces) => pieces === 0),
    isDraft: isCount,
    restore: setCounts,
  });
  const close = useSentOnce(trpc.till.close.mutationOptions({ onSuccess: kept.done }));
  const done = close.data;
  const finish = () => {
    if (!done) return onClose();
    void client.invalidateQueries(trpc.till.pathFilter());
    onClosed();
  };
  return (
    <Dialog
      open={open}
      onClose={finish}
      locked={close.isPending}
      title={done ? t('doneTitle') : t('title', { till: shift.tillCode })}
      description={done ? undefined : t('text')}
      footer={
        done ? (
          <>
            <LinkButton href={`/pos/shifts?open=${shift.id}`}>{t('report')}</LinkButton>
            <Button variant="primary" onPress={finish}>
              {t('finish')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t('cancel')}</Button>
            <Button
              variant="primary"
              pending={close.isPending}
              disabled={refused.size > 0}
              onPress={() => close.mutate({ shiftId: shift.id, denominations: counts })}
            >
              {t('confirm')}
            </Button>
          </>
        )
      }
    >
      {done ? (
        <CloseOutcome {...done} currency={shift.currency} />
      ) : (
        <div className="space-y-3">
          {held > 0 && (
            <Callout tone="notice" title={t('heldTitle')}>
              {t('heldText', { count: held })}
            </Callout>
          )}
          <CameBack
            from={kept.cameBackFrom}
            onDrop={() => {
              kept.done();
              setCounts({});
            }}
          />
          <Count counts={counts} currency={shift.currency} onChange={count} />
          {close.error && (
            <Callout tone="wrong" title={t('failed')} announce>
              {sentenceOf(close.error).sentence}
            </Callout>
          )}
        </div>
      )}
    </Dialog>
  );
}

type CountProps = {
  counts: Record<string, number>;
  currency: string;
  onChange: (value: string, pieces: number, refused: boolean) => void;
};

function Count({ counts, currency, onChange }: CountProps) {
  const t = useTranslations('till.close');
  const locale = useLocale();
  return (
    <>
      <ul className="space-y-1.5">
        {denominationsOf(currency).map((value) => {
          const pieces = counts[value] ?? 0;
          const name = amountText(BigInt(value), currency, locale);
          return (
            <li key={value} className="grid grid-cols-[6rem_1fr_8rem] items-center gap-3">
              <span className="tabular text-right font-medium">{name}</span>
              <NumberField
                label={t('pieces', { value: name })}
                hideLabel
                value={counts[value] ?? null}
                min={0}
                max={1_000_000}
                onChange={(next, wrong) => onChange(String(value), next ?? 0, wrong)}
              />
              <span className="tabular text-right text-ink-2">
                <Money minor={BigInt(value) * BigInt(pieces)} currency={currency} withCurrency={false} />
              </span>
            </li>
          );
        })}
      </ul>
      <p className="flex items-baseline justify-between border-t pt-3">
        <span className="font-semibold">{t('counted')}</span>
        <span className="tabular text-xl font-bold">
          <Money minor={countedTotal(counts)} currency={currency} />
        </span>
      </p>
    </>
  );
}

type OutcomeProps = { countedCash: bigint; expectedCash: bigint; gap: bigint; sumsAgree: boolean; currency: string };

function CloseOutcome({ countedCash, expectedCash, gap, sumsAgree, currency }: OutcomeProps) {
  const t = useTranslations('till.close');
  const rows: [string, bigint][] = [
    [t('counted'), countedCash],
    [t('expected'), expectedCash],
  ];
  return (
    <div className="space-y-4">
      <dl className="space-y-1">
        {rows.map(([label, minor]) => (
          <div key={label} className="flex items-baseline justify-between">
            <dt className="text-ink-2">{label}</dt>
            <dd className="tabular font-medium">
              <Money minor={minor} currency={currency} />
            </dd>
          </div>
        ))}
        <div className="flex items-baseline justify-between border-t pt-2">
          <dt className="font-semibold">{t('gap')}</dt>
          <dd className={clsx('text-xl font-bold', gap < 0n && 'text-wrong')}>
            <Money minor={gap} currency={currency} signed />
          </dd>
        </div>
      </dl>
      <Callout
        tone={gap < 0n || !sumsAgree ? 'wrong' : gap > 0n ? 'notice' : 'good'}
        title={gap === 0n ? t('exact') : gap > 0n ? t('surplus') : t('short')}
      >
        {sumsAgree ? t('sumsAgree') : t('sumsDiffer')}
      </Callout>
    </div>
  );
}
