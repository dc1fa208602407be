import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { Tier } from '@/server/domain/tier';

const bars: Record<Tier, number> = { standard: 1, vip1: 2, svip1: 3, svip2: 4 };

/** A customer's tier where there is no room for its name: four small bars, named on hover and for who does not see them. */
export function TierIcon({ tier, className }: { tier: Tier; className?: string }) {
  const t = useTranslations('ui.tier');
  return (
    <span
      role="img"
      aria-label={t('label', { tier: t(tier) })}
      title={t('label', { tier: t(tier) })}
      className={clsx('inline-flex h-3 shrink-0 items-end gap-px', className)}
    >
      <TierBars tier={tier} />
    </span>
  );
}

/** The bars alone, where the name stands beside them. */
export function TierBars({ tier }: { tier: Tier }) {
  return [1, 2, 3, 4].map((step) => (
    <span
      key={step}
      style={{ height: `${3 + step * 1.5}px` }}
      className={clsx('w-[3px] rounded-[1px]', step <= bars[tier] ? 'bg-accent' : 'bg-line')}
    />
  ));
}
