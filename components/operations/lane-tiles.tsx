'use client';

import { useTranslations } from 'next-intl';
import { StatTile, StatTiles } from '@/components/ui/stat-tile';
import type { Lane } from '@/server/modules/core/operations/schema';
import { useDrain } from './use-duration';

/** The lanes of uploads: what waits in each, how it moves, when it will be empty. */
export function LaneTiles({ lanes }: { lanes: readonly Lane[] }) {
  const t = useTranslations('operations.lane');
  const tiers = useTranslations('ui.tier');
  const drain = useDrain();
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
            </>
          }
        />
      ))}
    </StatTiles>
  );
}
