import { Ban, CircleCheck, CirclePause, CircleX, type LucideIcon, Play, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/ui/badge';
import type { Tone } from '@/components/ui/tone';
import type { RunState } from '@/server/modules/core/operations/schema';

export const LOOKS: Record<RunState, { tone: Tone; icon: LucideIcon }> = {
  running: { tone: 'info', icon: Play },
  retrying: { tone: 'notice', icon: RotateCw },
  paused: { tone: 'notice', icon: CirclePause },
  completed: { tone: 'good', icon: CircleCheck },
  failed: { tone: 'wrong', icon: CircleX },
  cancelled: { tone: 'neutral', icon: Ban },
};

/** Where a run stands, in a word. */
export function RunStateBadge({ state }: { state: RunState }) {
  const t = useTranslations('operations.states');
  const { tone, icon } = LOOKS[state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(state)}
    </StatusBadge>
  );
}
