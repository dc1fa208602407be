'use client';

import { CalendarClock, CircleCheck, History, PencilLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/ui/badge';
import { dayText } from '@/components/ui/day-text';
import type { VersionState } from '@/server/modules/sales/pricing/schema';

const LOOKS = {
  'in-force': { tone: 'good', icon: CircleCheck },
  upcoming: { tone: 'info', icon: CalendarClock },
  ended: { tone: 'neutral', icon: History },
  draft: { tone: 'notice', icon: PencilLine },
} as const satisfies Record<VersionState, object>;

export function VersionStateBadge({ state }: { state: VersionState }) {
  const t = useTranslations('pricing.states');
  return <StatusBadge {...LOOKS[state]}>{t(state)}</StatusBadge>;
}

/** "01/01/2026 – before 01/07/2026": the last day named is the first one without force. */
export function Validity({ version }: { version: { validFrom: string; validTo: string | null } }) {
  const t = useTranslations('pricing.validity');
  const from = dayText(version.validFrom);
  return (
    <span className="tabular">
      {version.validTo ? t('between', { from, to: dayText(version.validTo) }) : t('open', { from })}
    </span>
  );
}
