'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { TierBadge } from '@/components/ui/badge';
import { Money } from '@/components/ui/money';
import { StatTile, StatTiles } from '@/components/ui/stat-tile';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';

/** "About 12 seconds", "about 3 minutes": when an upload would be written. */
export function useDuration() {
  const t = useTranslations('uploads.duration');
  return (seconds: number) =>
    seconds < 60
      ? t('seconds', { count: Math.max(1, Math.round(seconds)) })
      : t('minutes', { count: Math.round(seconds / 60) });
}

/** What the check found, in figures. */
export function UploadTiles({ upload }: { upload: UploadDetail }) {
  const t = useTranslations('uploads.tiles');
  const format = useFormatter();
  const duration = useDuration();
  const duplicates = upload.errorsByCode.find(({ code }) => code === 'duplicate_ref')?.rows ?? 0;
  const kinds = upload.errorsByCode.length;
  return (
    <StatTiles className="lg:grid-cols-4 max-sm:[&>*:nth-child(3)]:col-span-2 max-sm:[&>*:nth-child(8)]:col-span-2">
      <StatTile label={t('rows')} value={format.number(upload.rows)} />
      <StatTile
        label={t('ready')}
        value={format.number(upload.valid)}
        tone={upload.valid > 0 ? 'good' : 'notice'}
        hint={t('lines', { count: upload.lines })}
      />
      <StatTile
        label={t('money')}
        value={<Money minor={upload.netTotal} currency={upload.currency} />}
        hint={t('moneyHint')}
      />
      <StatTile
        label={t('wrong')}
        value={format.number(upload.invalid)}
        {...(upload.invalid > 0 ? { tone: 'wrong' as const } : {})}
        hint={t('kinds', { count: kinds })}
      />
      <StatTile label={t('patientsNew')} value={format.number(upload.patientsNew)} hint={t('patientsHint')} />
      <StatTile label={t('duplicates')} value={format.number(duplicates)} hint={t('duplicatesHint')} />
      <StatTile label={t('lane')} value={<TierBadge tier={upload.tier} />} hint={t('laneHint')} />
      <StatTile
        label={t('expected')}
        value={upload.expectedSeconds === null ? '—' : duration(upload.expectedSeconds)}
        hint={upload.expectedSeconds === null ? t('noForecast') : t('expectedHint')}
      />
    </StatTiles>
  );
}
