'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { StatTile, StatTiles } from '@/components/ui/stat-tile';
import type { Lane } from '@/server/modules/core/operations/schema';
import { LaneSpark } from './lane-spark';
import { useDrain } from './use-duration';

const REFRESH_MS = 30_000;

/** The lanes of uploads: what waits in each, how it moves, when it will be done, and its last hour minute by minute. */
export function LaneTiles({ lanes }: { lanes: readonly Lane[] }) {
  const t = useTranslations('operations.lane');
  const tiers = useTranslations('ui.tier');
  const drain = useDrain();
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
              <LaneSpark name={tiers(tier)} minutes={pace.data?.find((one) => one.tier === tier)?.rows ?? []} />
            </>
          }
        />
      ))}
    </StatTiles>
  );
}
