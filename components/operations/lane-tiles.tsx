'use client';

import { useQuery } from '@tanstack/react-query';
import { useTimeZone, useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { Sparkline } from '@/components/ui/charts/sparkline';
import { timeText } from '@/components/ui/day-text';
import { StatTile, StatTiles } from '@/components/ui/stat-tile';
import type { Lane } from '@/server/modules/core/operations/schema';
import { useDrain } from './use-duration';

const REFRESH_MS = 30_000;
const MINUTE_MS = 60_000;

/** A lane's last hour as a course, the newest minute last. */
function usePacePoints() {
  const t = useTranslations('operations.lane');
  const zone = useTimeZone() ?? 'Asia/Ho_Chi_Minh';
  return (minutes: readonly number[], seenAt: number) =>
    minutes.map((rows, at) => {
      const minute = new Date(seenAt - (minutes.length - 1 - at) * MINUTE_MS);
      return { id: String(at), label: timeText(minute, zone), value: rows, text: t('rows', { count: rows }) };
    });
}

/** The lanes of uploads: what waits in each, how it moves, when it will be done, and its last hour minute by minute. */
export function LaneTiles({ lanes }: { lanes: readonly Lane[] }) {
  const t = useTranslations('operations.lane');
  const tiers = useTranslations('ui.tier');
  const drain = useDrain();
  const pointsOf = usePacePoints();
  const pace = useQuery(useTRPC().operations.pace.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  return (
    <StatTiles>
      {lanes.map(({ tier, waiting, rowsLeft, rowsLastHour, drainSeconds }) => (
        <StatTile
          key={tier}
          label={tiers(tier)}
          value={t('rowsLeft', { count: rowsLeft })}
          hint={
            <>
              <span className="block">
                {t('files', { count: waiting })}
                {waiting > 0 && `, ${drain({ waiting: rowsLeft, drainSeconds })}`}
              </span>
              <span className="block">{t('pace', { count: rowsLastHour })}</span>
              <Sparkline
                label={t('spark', { tier: tiers(tier) })}
                points={pointsOf(pace.data?.find((one) => one.tier === tier)?.rows ?? [], pace.dataUpdatedAt)}
                className="mt-2 w-full"
              />
            </>
          }
        />
      ))}
    </StatTiles>
  );
}
