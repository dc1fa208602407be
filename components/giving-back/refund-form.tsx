'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/checkbox';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { Money } from '@/components/ui/money';
import { MoneyField } from '@/components/ui/money-field';
import { TextField } from '@/components/ui/text-field';
import { type FormCheck, useFormCheck } from '@/components/ui/use-form-check';
import type { GivingBack } from '@/server/modules/sales/giving-back/schema';
import { RefundOutcome } from './refund-outcome';
import type { RefundDraft } from './use-refund-draft';

type Props = {
  id: string;
  standing: GivingBack;
  draft: RefundDraft;
  refusal: string | null;
  onSubmit: () => void;
};

/** The sentence of each field that is not right, in the order of the form. */
function useRefundCheck({ standing, draft, refusal }: Pick<Props, 'standing' | 'draft' | 'refusal'>) {
  const t = useTranslations('giving-back.form');
  const wrong: Record<string, string | null> = {};
  if (draft.kind === 'refund') {
    wrong.lines = draft.lines.length === 0 ? t('linesNeeded') : null;
    for (const line of draft.open) {
      const typed = draft.amounts[line.position];
      if (!typed) continue;
      const amount = typed.minor ?? 0n;
      const refused = typed.wrong || (amount <= 0n && line.net > 0n) || amount > line.left;
      wrong[`line-${line.position}`] = refused ? t('amountWrong', { code: line.code }) : null;
    }
  }
  const { money, total } = draft.outcome;
  const misses = draft.tenderWrong || draft.paid !== money;
  const first = draft.choices[0]?.method;
  if (first) wrong[`tender-${first}`] = misses ? t('tendersWrong') : null;
  wrong.reason = draft.reason.trim() === '' ? t('reasonNeeded') : null;
  const noShift = money > 0n && !standing.till && total > 0n;
  const check = useFormCheck<string>(
    wrong,
    noShift ? { sentence: t('noShift') } : refusal ? { sentence: refusal } : null,
  );
  return { check, noShift };
}

/** What is given back, how the money goes back, why, and what will happen, in figures. */
export function RefundForm({ id, standing, draft, refusal, onSubmit }: Props) {
  const t = useTranslations('giving-back.form');
  const { check, noShift } = useRefundCheck({ standing, draft, refusal });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (check.isRight() && !noShift) onSubmit();
  };
  return (
    <form id={id} noValidate onSubmit={submit} className="space-y-4">
      <FormErrorSummary {...check.summary} />
      <Notes standing={standing} />
      {draft.kind === 'refund' ? (
        <Lines standing={standing} draft={draft} check={check} />
      ) : (
        <WholeOrder standing={standing} />
      )}
      {draft.choices.length > 1 && draft.outcome.money > 0n && (
        <fieldset className="space-y-2">
          <legend className="mb-1 font-medium">{t('tenders')}</legend>
          <div className="grid gap-3 sm:grid-cols-3">
            {draft.choices.map(({ method, left }) => (
              <Tender
                key={method}
                method={method}
                left={left}
                draft={draft}
                currency={standing.currency}
                check={check}
              />
            ))}
          </div>
        </fieldset>
      )}
      <TextField
        label={t('reason')}
        name="reason"
        required
        value={draft.reason}
        onChange={draft.setReason}
        error={check.errorAt('reason')}
        maxLength={300}
        autoFocus={draft.kind === 'void'}
      />
      <RefundOutcome standing={standing} draft={draft} />
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  );
}

function Notes({ standing }: { standing: GivingBack }) {
  const t = useTranslations('giving-back.notes');
  const shown = standing.notes.filter((note) => note !== 'not_paid');
  if (shown.length === 0) return null;
  return (
    <ul className="space-y-2">
      {shown.map((note) => (
        <li key={note}>
          <Callout tone={note === 'no_shift' ? 'notice' : 'info'}>{t(note, { branch: standing.branchCode })}</Callout>
        </li>
      ))}
    </ul>
  );
}

function Lines({ standing, draft, check }: { standing: GivingBack; draft: RefundDraft; check: FormCheck<string> }) {
  const t = useTranslations('giving-back.form');
  const locale = useLocale();
  return (
    <fieldset>
      <legend className="sr-only">{t('lines')}</legend>
      <div className="mb-1 flex items-center justify-between gap-3">
        <span aria-hidden="true" className="font-medium">
          {t('lines')}
        </span>
        <Button variant="quiet" onPress={draft.isAll ? draft.none : draft.all} autoFocus>
          {draft.isAll ? t('none') : t('all')}
        </Button>
      </div>
      {check.errorAt('lines') && <p className="mb-1 text-xs text-wrong">{check.errorAt('lines')}</p>}
      <ul className="divide-y divide-line">
        {standing.lines.map((line) => {
          const typed = draft.amounts[line.position];
          const name = locale === 'en' ? line.nameEn : line.nameVi;
          return (
            <li key={line.position} className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2">
              <Checkbox
                className="min-w-0 flex-1 basis-56"
                disabled={!line.open}
                checked={typed !== undefined}
                onChange={(on) => (on ? draft.choose(line.position, line.left) : draft.drop(line.position))}
                help={
                  line.given > 0n
                    ? t.rich('leftOf', {
                        left: () => <Money minor={line.left} currency={standing.currency} />,
                        net: () => <Money minor={line.net} currency={standing.currency} />,
                      })
                    : undefined
                }
              >
                {name}
              </Checkbox>
              {typed ? (
                <MoneyField
                  className="w-40"
                  label={t('amountOf', { code: line.code })}
                  hideLabel
                  name={`line-${line.position}`}
                  currency={standing.currency}
                  value={typed.minor}
                  onChange={(amount, wrong) => draft.choose(line.position, amount, wrong)}
                  error={check.errorAt(`line-${line.position}`)}
                />
              ) : (
                <span className="tabular text-ink-2">
                  <Money minor={line.left} currency={standing.currency} />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

function WholeOrder({ standing }: { standing: GivingBack }) {
  const locale = useLocale();
  return (
    <ul className="divide-y divide-line">
      {standing.lines.map((line) => (
        <li key={line.position} className="flex items-baseline justify-between gap-3 py-2">
          <span className="min-w-0">{locale === 'en' ? line.nameEn : line.nameVi}</span>
          <span className="tabular">
            <Money minor={line.net} currency={standing.currency} />
          </span>
        </li>
      ))}
    </ul>
  );
}

type TenderProps = {
  method: 'cash' | 'card' | 'transfer';
  left: bigint;
  draft: RefundDraft;
  currency: string;
  check: FormCheck<string>;
};

function Tender({ method, left, draft, currency, check }: TenderProps) {
  const t = useTranslations('giving-back.form');
  const methods = useTranslations('till.pay.methods');
  return (
    <MoneyField
      label={methods(method)}
      name={`tender-${method}`}
      help={t.rich('most', { left: () => <Money minor={left} currency={currency} /> })}
      currency={currency}
      value={draft.amountBy(method)}
      onChange={(amount, wrong) => draft.pay(method, amount, wrong)}
      error={check.errorAt(`tender-${method}`)}
    />
  );
}
