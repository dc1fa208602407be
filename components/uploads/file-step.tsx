'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { DateTime } from '@/components/ui/date-time';
import { bytesText } from '@/components/ui/file-check';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';

/** The file as it came. */
export function FileStep({ upload }: { upload: UploadDetail }) {
  const t = useTranslations('uploads.file');
  const format = useFormatter();
  const facts = [
    [t('name'), upload.fileName],
    [t('size'), bytesText(upload.bytes, (n) => format.number(n, { maximumFractionDigits: 1 }))],
    [t('columns'), format.number(upload.header.titles.filter(Boolean).length)],
    [t('receivedAt'), <DateTime key="at" value={upload.createdAt} />],
    [t('receivedBy'), upload.createdByName ?? t('commandLine')],
  ] as const;
  return (
    <dl className="card grid max-w-3xl gap-x-6 gap-y-4 p-(--card-p) sm:grid-cols-2">
      {facts.map(([label, value]) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-ink-3">{label}</dt>
          <dd className="tabular mt-0.5 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
