'use client';

import { useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { CameBack } from '@/components/kit/draft/came-back';
import { useKeptDraft } from '@/components/kit/draft/use-kept-draft';
import { Button, LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { Money } from '@/components/ui/money';
import { amountText } from '@/components/ui/money-text';
import { NumberField } from '@/components/ui/number-field';
import { type FormCheck, useFormCheck } from '@/components/ui/use-form-check';
import { denominationsOf } from '@/server/domain/cash';
import { countedTotal } from '@/server/modules/sales/till/rules';
import type { CurrentShift } from '@/server/modules/sales/till/schema';

type Counted = Pick<CurrentShift, 'id' | 'tillCode' | 'currency' | 'orders'>;
type Props = { open: boolean; shift: Counted; held: number; onClose: () => void; onClosed: () => void };

const isCount = (kept: unknown): kept is Record<string, number> =>
  typeof kept === 'object' && kept !== null && Object.values(kept).every(Number.isSafeInteger);

const fieldOf = (value: number | string) => `pieces-${value}` as const;

/** The pieces that were counted, kept until the shift is closed or the count dropped; a sale since then is said. */
function useCount(shift: Counted) {
  const t = useTranslations('till.close');
  const locale = useLocale();
  const trpc = useTRPC();
  const sentenceOf = useErrorSentence();
  const [counts, setCounts] = useState<Record<string, number>>({});
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const count = (value: string, pieces: number | null, wrong: boolean) => {
    // What cannot be read is no count, and stays in its box.
    const { [value]: _, ...others } = counts;
    setCounts(pieces === null ? others : { ...others, [value]: pieces });
    setRefused(new Set([...[...refused].filter((one) => one !== value), ...(wrong ? [value] : [])]));
  };
  const kept = useKeptDraft({
    name: `count.${shift.id}`,
    draft: counts,
    version: String(shift.orders),
    isEmpty: Object.values(counts).every((pieces) => pieces === 0),
    isDraft: isCount,
    restore: setCounts,
  });
  const close = useSentOnce(trpc.till.close.mutationOptions({ onSuccess: kept.done }));
  const wrong = denominationsOf(shift.currency).map((value) => [
    fieldOf(value),
    refused.has(String(value)) ? t('wrong', { value: amountText(BigInt(value), shift.currency, locale) }) : null,
  ]);
  const check = useFormCheck(Object.fromEntries(wrong), close.error && { sentence: sentenceOf(close.error).sentence });
  const confirm = () => {
    if (check.isRight()) close.mutate({ shiftId: shift.id, denominations: counts });
  };
  const drop = () => {
    kept.done();
    setCounts({});
  };
  return { counts, count, kept, close, check, confirm, drop };
}

/** The blind count: pieces of each note, their sum, and only after closing what the drawer should have held. */
export function CloseShiftDialog({ open, shift, held, onClose, onClosed }: Props) {
  const t = useTranslations('till.close');
  const trpc = useTRPC();
  const client = useQueryClient();
  const { counts, count, kept, close, check, confirm, drop } = useCount(shift);
  const confirmButton = useRef<HTMLButtonElement>(null);
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
            <Button variant="primary" onPress={finish} autoFocus>
              {t('finish')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{t('cancel')}</Button>
            <Button variant="primary" ref={confirmButton} pending={close.isPending} onPress={confirm}>
              {t('confirm')}
            </Button>
          </>
        )
      }
    >
      {done ? (
        <CloseOutcome {...done} currency={shift.currency} />
      ) : (
        <form noValidate onSubmit={(event) => event.preventDefault()} className="space-y-3">
          <FormErrorSummary {...check.summary} />
          {held > 0 && (
            <Callout tone="notice" title={t('heldTitle')}>
              {t('heldText', { count: held })}
            </Callout>
          )}
          <CameBack kept={kept} onDrop={drop} />
          <Count
            counts={counts}
            currency={shift.currency}
            onChange={count}
            errorAt={check.errorAt}
            goesOnTo={confirmButton}
          />
        </form>
      )}
    </Dialog>
  );
}

type CountProps = {
  counts: Record<string, number>;
  currency: string;
  onChange: (value: string, pieces: number | null, refused: boolean) => void;
  errorAt: FormCheck<string>['errorAt'];
  /** What comes after the last note. */
  goesOnTo: RefObject<HTMLButtonElement | null>;
};

function Count({ counts, currency, onChange, errorAt, goesOnTo }: CountProps) {
  const t = useTranslations('till.close');
  const locale = useLocale();
  const goOn = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.key !== 'Enter' || event.repeat || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const boxes = [...event.currentTarget.querySelectorAll('input')];
    const next = boxes[boxes.indexOf(event.target) + 1];
    if (next) next.select();
    else goesOnTo.current?.focus();
  };
  return (
    <>
      <ul className="space-y-1.5" onKeyDown={goOn}>
        {denominationsOf(currency).map((value, at) => {
          const pieces = counts[value] ?? 0;
          const name = amountText(BigInt(value), currency, locale);
          return (
            <li
              key={value}
              className="grid grid-cols-[4.5rem_1fr_5.5rem] items-center gap-2 sm:grid-cols-[6rem_1fr_8rem] sm:gap-3"
            >
              <span className="tabular text-right font-medium">{name}</span>
              <NumberField
                label={t('pieces', { value: name })}
                hideLabel
                name={fieldOf(value)}
                error={errorAt(fieldOf(value))}
                autoFocus={at === 0}
                value={counts[value] ?? null}
                min={0}
                max={1_000_000}
                onChange={(next, wrong) => onChange(String(value), next, wrong)}
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
