'use client';

import { Eye } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Code } from '@/components/ui/code';
import { Money } from '@/components/ui/money';
import { moneyText } from '@/components/ui/money-text';
import { SidePanel } from '@/components/ui/side-panel';
import { type Tone, toneIcon, toneText } from '@/components/ui/tone';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import type { Attention, MonthOverview } from '@/server/modules/referral/statements/schema';

/** What the address says where this stands open beside the list, in the place of a statement. */
export const LOOK = 'look';

const tones: Record<Attention['kind'], Tone> = {
  negative: 'wrong',
  'no-plan': 'notice',
  'no-channel': 'notice',
  outlier: 'info',
};

const isLate = ({ lateOrders, state }: MonthOverview) => lateOrders > 0 && state === 'open';

/** How much needs a person's eye before the month is approved; opens it beside the list. Where there is nothing, it is not there. */
export function AttentionButton({ overview }: { overview: MonthOverview }) {
  const t = useTranslations('statements.look');
  const { get, set } = useUrlFilters();
  const count = overview.attention.length + (isLate(overview) ? 1 : 0);
  if (overview.totals.statements === 0 || count === 0) return null;
  const worst = overview.attention.some(({ kind }) => tones[kind] === 'wrong') ? 'wrong' : 'notice';
  const isOpen = get('open') === LOOK;
  return (
    <Button
      icon={overview.attention.every(({ kind }) => kind === 'outlier') && !isLate(overview) ? Eye : toneIcon[worst]}
      aria-expanded={isOpen}
      onPress={() => set({ open: isOpen ? '' : LOOK }, !isOpen)}
    >
      {t('count', { count })}
    </Button>
  );
}

/** What needs a person's eye before the month is approved, beside the month's statements. */
export function AttentionPanel({ overview, onClose }: { overview: MonthOverview; onClose: () => void }) {
  const t = useTranslations('statements.look');
  const { attention, lateOrders } = overview;
  return (
    <SidePanel open title={t('title')} onClose={onClose}>
      <div className="flex flex-col gap-3">
        {isLate(overview) && <Callout tone="notice">{t('late', { count: lateOrders })}</Callout>}
        {attention.length === 0 ? (
          <p className="text-ink-2">{t('clear')}</p>
        ) : (
          <ul className="-mx-4 divide-y border-y">
            {attention.map((one) => (
              <AttentionRow key={one.statementId} one={one} month={overview.month} currency={overview.currency} />
            ))}
          </ul>
        )}
      </div>
    </SidePanel>
  );
}

function AttentionRow({ one, month, currency }: { one: Attention; month: string; currency: string }) {
  const t = useTranslations('statements.look');
  const locale = useLocale();
  const Icon = toneIcon[tones[one.kind]];
  return (
    <li>
      <Link
        href={`/statements/${month}/${one.statementId}`}
        className="flex items-center gap-3 px-4 py-2 -outline-offset-2 hover:bg-hover"
      >
        <Icon aria-hidden="true" className={`size-4 shrink-0 ${toneText[tones[one.kind]]}`} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">
            {one.doctorName} <Code className="font-normal text-ink-3">{one.doctorCode}</Code>
          </span>
          <span className="block text-xs text-ink-2">
            {one.kind === 'outlier'
              ? t('outlier', { usual: moneyText(one.usual ?? 0n, currency, locale) })
              : t(one.kind)}
          </span>
        </span>
        <Money minor={one.payable} currency={currency} className="font-medium" />
      </Link>
    </li>
  );
}
