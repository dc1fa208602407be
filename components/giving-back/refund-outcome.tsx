'use client';

import { useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import { Money } from '@/components/ui/money';
import type { GivingBack } from '@/server/modules/sales/giving-back/schema';
import type { RefundDraft } from './use-refund-draft';

/** What giving back will do, in figures: which money out of which till, which debt is let go, and whether a second person decides. */
export function RefundOutcome({ standing, draft }: { standing: GivingBack; draft: RefundDraft }) {
  const t = useTranslations('giving-back.outcome');
  const { outcome, payments } = draft;
  const { currency, terms, till } = standing;
  const money = (minor: bigint) => () => <Money minor={minor} currency={currency} className="font-semibold" />;
  return (
    <div className="space-y-2 border-t pt-3">
      <p className="flex items-baseline justify-between">
        <span className="font-semibold">{t('total')}</span>
        <output aria-live="polite" className="tabular text-lg font-bold" data-testid="refund-total">
          <Money minor={outcome.total} currency={currency} />
        </output>
      </p>
      <ul className="space-y-1 text-ink-2" data-testid="refund-outcome">
        {payments.map(({ method, amount }) => (
          <li key={method}>
            {t.rich(method, {
              amount: money(method === 'cash' ? outcome.handed : amount),
              till: till?.name ?? till?.code ?? '—',
            })}
          </li>
        ))}
        {outcome.letGo > 0n && (
          <li>{t.rich(terms === 'account' ? 'account' : 'letGo', { amount: money(outcome.letGo) })}</li>
        )}
        {draft.kind === 'void' && <li>{t('void')}</li>}
      </ul>
      {outcome.takesTwo && (
        <Callout tone="notice" title={t('takesTwo')}>
          {draft.kind === 'void' && !standing.ownSale
            ? t('voidOfOther')
            : t.rich('aboveLimit', { limit: () => <Money minor={standing.limit} currency={currency} /> })}
        </Callout>
      )}
    </div>
  );
}
