'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import { Money } from '@/components/ui/money';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { Figures } from './figures';
import { SheetView } from './sheet-view';
import { useDuration } from './upload-figures';

/** What became of the sheet: orders written, rows left out, each row with its order's number. */
export function ReportStep({ upload }: { upload: UploadDetail }) {
  const t = useTranslations('uploads.report');
  const { invalid } = upload;
  return (
    <>
      {invalid > 0 && (
        <Callout tone="notice" title={t('mendTitle', { count: invalid })} className="mb-2">
          {t('mendText')}
        </Callout>
      )}
      <SheetView upload={upload} figures={<ReportFigures upload={upload} />} />
    </>
  );
}

function ReportFigures({ upload }: { upload: UploadDetail }) {
  const t = useTranslations('uploads.report');
  const format = useFormatter();
  const duration = useDuration();
  const { committedAt, finishedAt, written, netTotal, currency, patientsNew, lines } = upload;
  const seconds = committedAt && finishedAt ? (finishedAt.getTime() - committedAt.getTime()) / 1000 : null;
  const took =
    seconds === null
      ? { value: '—' }
      : { value: duration(seconds), hint: t('rate', { rate: Math.round(written / Math.max(seconds, 0.001)) }) };
  return (
    <Figures
      figures={[
        { label: t('orders'), value: format.number(written), hint: t('lines', { count: lines }) },
        { label: t('money'), value: <Money minor={netTotal} currency={currency} /> },
        { label: t('patientsNew'), value: format.number(patientsNew) },
        { label: t('took'), ...took },
      ]}
    />
  );
}
