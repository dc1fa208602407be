import { ChevronDown } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Money } from '@/components/ui/money';
import { moneyText } from '@/components/ui/money-text';
import type { PublishedLine } from '@/server/modules/referral/statements/schema';
import { explain, percentText } from './arithmetic';

type LineProps = { line: PublishedLine; currency: string };

/** One service; a tap opens its sentence and its arithmetic. It is a plain disclosure, so it works without a script. */
export function LineRow({ line, currency }: LineProps) {
  const t = useTranslations('doctor-statement');
  const locale = useLocale();
  return (
    <details className="group">
      <summary className="flex min-h-(--control-h) cursor-pointer list-none flex-wrap items-center gap-x-3 px-4 py-2 -outline-offset-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <span className="min-w-0 flex-1 basis-40">
          <span className="block break-words">{locale === 'vi' ? line.name.vi : line.name.en}</span>
          <span className="block text-sm text-ink-2">
            {line.kind === 'refund' && <span className="font-medium text-notice">{t('refund')} · </span>}
            <Money minor={BigInt(line.base)} currency={currency} />
          </span>
        </span>
        <Money minor={BigInt(line.commission)} currency={currency} className="ml-auto font-medium" />
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-ink-3 group-open:rotate-180" />
      </summary>
      <LineExplanation line={line} currency={currency} />
    </details>
  );
}

function LineExplanation({ line, currency }: LineProps) {
  const t = useTranslations('doctor-statement.explain');
  const locale = useLocale();
  const shown = explain(line);
  const money = (minor: bigint) => moneyText(minor, currency, locale);
  const cap = shown.kind === 'none' ? null : shown.cap;
  return (
    <div className="mx-4 mb-3 flex flex-col gap-2 rounded-lg bg-sunken p-3 text-sm text-ink-2">
      {line.kind === 'refund' && <p>{t('refund')}</p>}
      <p>{sentenceOf()}</p>
      {shown.kind === 'percent' && (
        <ul className="tabular flex flex-col gap-1 text-ink">
          {shown.parts.map((part, index) => (
            <li key={`${part.from}-${part.percent}`}>
              {shown.parts.length > 1 && (
                <span className="block text-ink-2">{t('part', { from: money(part.from) })}</span>
              )}
              {index > 0 && '+ '}
              {money(part.base)} × {percentText(part.percent, locale)}%
            </li>
          ))}
        </ul>
      )}
      {cap !== null && <p>{t('capped', { cap: money(cap) })}</p>}
      <p className="tabular font-semibold text-ink">= {money(BigInt(line.commission))}</p>
    </div>
  );

  function sentenceOf(): string {
    if (shown.kind === 'fixed') return t('fixed', { amount: money(shown.amount) });
    if (shown.kind === 'none') return t('none');
    const [only] = shown.parts;
    if (shown.parts.length === 1 && only) return t('percent', { percent: percentText(only.percent, locale) });
    return t('bands');
  }
}
