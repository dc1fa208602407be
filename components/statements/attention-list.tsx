import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import { Money } from '@/components/ui/money';
import { moneyText } from '@/components/ui/money-text';
import { type Tone, toneIcon, toneText } from '@/components/ui/tone';
import type { Attention, MonthOverview } from '@/server/modules/referral/statements/schema';

const tones: Record<Attention['kind'], Tone> = {
  negative: 'wrong',
  'no-plan': 'notice',
  'no-channel': 'notice',
  outlier: 'info',
};

/** What needs a person's eye before the month is approved; says so plainly when there is nothing. */
export function AttentionList({ overview }: { overview: MonthOverview }) {
  const t = useTranslations('statements.look');
  const locale = useLocale();
  const { attention, lateOrders, currency, month } = overview;
  return (
    <section aria-labelledby="look" className="flex flex-col gap-2">
      <h2 id="look" className="text-base font-semibold">
        {t('title')}
      </h2>
      {lateOrders > 0 && overview.state === 'open' && (
        <Callout tone="notice">{t('late', { count: lateOrders })}</Callout>
      )}
      {attention.length === 0 ? (
        <p className="flex items-start gap-2 text-ink-2">
          <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-good" />
          {t('clear')}
        </p>
      ) : (
        <ul className="card max-h-72 divide-y overflow-y-auto">
          {attention.map((one) => {
            const Icon = toneIcon[tones[one.kind]];
            const usual = moneyText(one.usual ?? 0n, currency, locale);
            return (
              <li key={one.statementId}>
                <Link
                  href={`/statements/${month}/${one.statementId}`}
                  className="flex items-center gap-3 px-(--cell-px) py-2 -outline-offset-2 hover:bg-hover"
                >
                  <Icon aria-hidden="true" className={`size-4 shrink-0 ${toneText[tones[one.kind]]}`} />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">
                      {one.doctorName} <span className="tabular font-normal text-ink-3">{one.doctorCode}</span>
                    </span>
                    <span className="block text-xs text-ink-2">
                      {one.kind === 'outlier' ? t('outlier', { usual }) : t(one.kind)}
                    </span>
                  </span>
                  <Money minor={one.payable} currency={currency} className="font-medium" />
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
