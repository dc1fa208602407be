'use client';

import { CalendarClock, CircleCheck, History, PencilLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/ui/badge';
import { dayBefore, dayText } from '@/components/ui/day-text';
import type { VersionState } from '@/server/modules/sales/pricing/schema';

const LOOKS = {
  'in-force': { tone: 'good', icon: CircleCheck },
  upcoming: { tone: 'waiting', icon: CalendarClock },
  ended: { tone: 'neutral', icon: History },
  draft: { tone: 'neutral', icon: PencilLine },
} as const satisfies Record<VersionState, object>;

type Version = { state: VersionState; validTo: string | null };

/** What a version is today; in force says until when, to its last day. */
export function VersionStateBadge({ version: { state, validTo } }: { version: Version }) {
  const t = useTranslations('pricing.states');
  const until = state === 'in-force' && validTo ? t('in-force-until', { day: dayText(dayBefore(validTo)) }) : null;
  return <StatusBadge {...LOOKS[state]}>{until ?? t(state)}</StatusBadge>;
}

/** "01/01/2026 to 30/06/2026": the last day named is the last one in force. */
export function Validity({ version }: { version: { validFrom: string; validTo: string | null } }) {
  const t = useTranslations('pricing.validity');
  const from = dayText(version.validFrom);
  return (
    <span className="tabular">
      {version.validTo ? t('between', { from, to: dayText(dayBefore(version.validTo)) }) : t('open', { from })}
    </span>
  );
}
