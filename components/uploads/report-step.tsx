'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import { DateTime } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import { StatTile, StatTiles } from '@/components/ui/stat-tile';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { SheetView } from './sheet-view';
import { useDuration } from './upload-tiles';

/** What became of the sheet: orders written, rows left out, each row with its order's number. */
export function ReportStep({ upload }: { upload: UploadDetail }) {
  const t = useTranslations('uploads.report');
  const format = useFormatter();
  const duration = useDuration();
  const { committedAt, finishedAt, written, invalid } = upload;
  const seconds = committedAt && finishedAt ? (finishedAt.getTime() - committedAt.getTime()) / 1000 : null;
  return (
    <div className="space-y-6">
      <StatTiles className="max-sm:[&>*:nth-child(3)]:col-span-2">
        <StatTile
          label={t('orders')}
          value={format.number(written)}
          tone="good"
          hint={t('lines', { count: upload.lines })}
        />
        <StatTile
          label={t('leftOut')}
          value={format.number(invalid)}
          {...(invalid > 0 ? { tone: 'notice' as const } : {})}
          hint={t('leftOutHint')}
        />
        <StatTile label={t('money')} value={<Money minor={upload.netTotal} currency={upload.currency} />} />
        <StatTile label={t('patientsNew')} value={format.number(upload.patientsNew)} />
        <StatTile
          label={t('took')}
          value={seconds === null ? '—' : duration(seconds)}
          hint={
            finishedAt && (
              <>
                {t('rate', { rate: Math.round(written / Math.max(seconds ?? 0, 0.001)) })} ·{' '}
                <DateTime value={finishedAt} />
              </>
            )
          }
        />
      </StatTiles>
      {invalid > 0 && (
        <Callout tone="notice" title={t('mendTitle', { count: invalid })}>
          {t('mendText')}
        </Callout>
      )}
      <SheetView upload={upload} />
    </div>
  );
}
