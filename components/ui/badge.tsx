import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Tier } from '@/server/domain/tier';
import { TierBars } from './tier-icon';
import { type Tone, toneBox, toneIcon, toneText } from './tone';

// In a cell it keeps its line and its end; elsewhere nothing of it is cut off.
const pill =
  'inline-flex h-fit min-h-5 max-w-full items-center gap-1 rounded-md border px-1.5 text-xs font-medium in-[td]:whitespace-nowrap';

/** A plain word beside something: a count, a kind. It carries no meaning by colour. */
export function Badge({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={clsx(pill, 'border-line bg-sunken text-ink-2', className)}>{children}</span>;
}

export interface StatusBadgeProps {
  tone: Tone;
  /** The word: a state of the domain, already translated. */
  children: ReactNode;
  /** Instead of the icon that belongs to the meaning. */
  icon?: LucideIcon;
  className?: string;
}

export function StatusBadge({ tone, children, icon, className }: StatusBadgeProps) {
  const Icon = icon ?? toneIcon[tone];
  return (
    <span className={clsx(pill, toneBox[tone], toneText[tone], className)}>
      <Icon aria-hidden="true" className="size-3 shrink-0" />
      <span className="min-w-0 in-[td]:truncate">{children}</span>
    </span>
  );
}

/** A customer's tier: four small bars and its name, without a colour of its own. */
export function TierBadge({ tier, className }: { tier: Tier; className?: string }) {
  const t = useTranslations('ui.tier');
  return (
    <span className={clsx(pill, 'border-line bg-surface text-ink-2', className)}>
      <span aria-hidden="true" className="flex items-end gap-px">
        <TierBars tier={tier} />
      </span>
      <span className="sr-only">{t('label', { tier: t(tier) })}</span>
      <span aria-hidden="true">{t(tier)}</span>
    </span>
  );
}
