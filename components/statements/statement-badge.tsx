import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/ui/badge';
import type { Tone } from '@/components/ui/tone';
import type { MonthOverview, StatementState } from '@/server/modules/referral/statements/schema';

const tones: Record<StatementState, Tone> = {
  draft: 'neutral',
  reviewed: 'info',
  approved: 'sealed',
  published: 'info',
  paid: 'good',
  superseded: 'neutral',
};

export function StatementBadge({ state }: { state: StatementState }) {
  const t = useTranslations('statements.states');
  return <StatusBadge tone={tones[state]}>{t(state)}</StatusBadge>;
}

const periodTones: Record<MonthOverview['state'], Tone> = { open: 'info', sealed: 'sealed', none: 'neutral' };

export function PeriodBadge({ state }: { state: MonthOverview['state'] }) {
  const t = useTranslations('statements.periodStates');
  return <StatusBadge tone={periodTones[state]}>{t(state)}</StatusBadge>;
}
