'use client';

import { CircleDashed, CirclePause, Clock, type LucideIcon, Play, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/ui/badge';
import type { Column } from '@/components/ui/data-table-types';
import type { Tone } from '@/components/ui/tone';
import type { FunctionRow } from '@/server/modules/core/operations/schema';
import { runsAddress } from './run-filters';
import { useDrain, useDuration } from './use-duration';
import { useFunctionName } from './use-names';

type Mood = 'paused' | 'retrying' | 'working' | 'waiting' | 'quiet' | 'resting';

const LOOKS: Record<Mood, { tone: Tone; icon: LucideIcon }> = {
  paused: { tone: 'notice', icon: CirclePause },
  retrying: { tone: 'notice', icon: RotateCw },
  working: { tone: 'info', icon: Play },
  waiting: { tone: 'waiting', icon: Clock },
  quiet: { tone: 'neutral', icon: CircleDashed },
  resting: { tone: 'neutral', icon: CircleDashed },
};

function moodOf({ paused, retrying, running, queued }: FunctionRow): Mood {
  if (paused) return 'paused';
  if (retrying > 0) return 'retrying';
  if (running > 0) return 'working';
  // Where the queue is not reported, it is unknown whether anything waits.
  if (queued === null) return 'resting';
  return queued > 0 ? 'waiting' : 'quiet';
}

/** None of its runs is known to run, wait, be delayed or have failed. */
export const isQuiet = (row: FunctionRow): boolean => row.failed === 0 && /quiet|resting/.test(moodOf(row));

function MoodBadge({ row }: { row: FunctionRow }) {
  const t = useTranslations('operations.functionStates');
  const mood = moodOf(row);
  const { tone, icon } = LOOKS[mood];
  return (
    <StatusBadge tone={tone} icon={icon} className="tabular">
      {mood === 'paused' && row.pausedRuns > 0
        ? t('pausedRuns', { count: row.pausedRuns })
        : t(mood, { count: row.retrying })}
    </StatusBadge>
  );
}

/** The columns of the functions; a figure that the server does not report is marked so. `seenAt` is when the figures came. */
export function useFunctionColumns(seenAt: number): Column<FunctionRow>[] {
  const t = useTranslations('operations.functionColumns');
  const page = useTranslations('operations');
  const format = useFormatter();
  const drain = useDrain({ short: true });
  const duration = useDuration();
  const nameOf = useFunctionName();
  const notReported = <span className="text-ink-3">{page('notReported')}</span>;
  const none = <span className="text-ink-3">—</span>;
  const count = (value: number) => (
    <span className={value === 0 ? 'text-ink-3' : 'font-medium'}>{format.number(value)}</span>
  );
  return [
    { id: 'function', header: t('function'), cell: (row) => nameOf(row.functionId), minWidth: 232 },
    { id: 'state', header: t('state'), cell: (row) => <MoodBadge row={row} />, width: 144 },
    {
      id: 'queued',
      header: t('queued'),
      cell: (row) => (row.queued === null ? notReported : count(row.queued)),
      width: 92,
      align: 'end',
    },
    {
      id: 'oldest',
      header: t('oldest'),
      cell: (row) => {
        if (row.queued === null) return notReported;
        return row.oldestQueuedAt ? duration(seenAt - row.oldestQueuedAt.getTime()) : none;
      },
      width: 104,
      align: 'end',
    },
    { id: 'running', header: t('running'), cell: (row) => count(row.running), width: 96, align: 'end' },
    {
      id: 'failed',
      header: t('failed'),
      cell: (row) =>
        row.failed === 0 ? (
          count(0)
        ) : (
          <Link
            href={runsAddress({ state: 'failed', functionId: row.functionId })}
            aria-label={page('showFailed', { count: row.failed })}
            className="font-medium text-wrong underline underline-offset-2"
          >
            {format.number(row.failed)}
          </Link>
        ),
      width: 84,
      align: 'end',
    },
    {
      id: 'completed',
      header: t('completed'),
      cell: (row) => count(row.completedLastHour),
      width: 100,
      align: 'end',
    },
    {
      id: 'drain',
      header: t('drain'),
      cell: (row) => {
        if (row.queued === null) return notReported;
        const said = drain({ waiting: row.queued, drainSeconds: row.drainSeconds });
        return row.queued === 0 ? <span className="text-ink-3">{said}</span> : said;
      },
      width: 144,
    },
  ];
}
