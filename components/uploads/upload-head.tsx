'use client';

import { ArrowLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '@/components/ui/button';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { type Step, StepList } from './step-list';
import { UploadStateBadge } from './upload-state';

type Props = { upload: UploadDetail; current: Step; reached: Step; action: ReactNode };

/** The file, where it stands, its five steps and the way on: one line where there is room, for the sheet under it wants the height. */
export function UploadHead({ upload, current, reached, action }: Props) {
  const t = useTranslations('uploads');
  return (
    <header className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 in-[[data-fills]]:mb-2 @min-[63rem]/upload:flex-nowrap">
      <div className="flex min-w-0 items-center gap-2 max-sm:w-full">
        <LinkButton href="/uploads" variant="quiet" icon={ArrowLeft} className="-ml-2 px-2" aria-label={t('title')} />
        <div className="flex min-w-0 flex-col items-start gap-1 sm:flex-row sm:items-center sm:gap-2">
          <h1 className="min-w-0 text-xl font-semibold wrap-anywhere sm:truncate" title={upload.fileName}>
            {upload.fileName}
          </h1>
          <span className="sm:shrink-0">
            <UploadStateBadge state={upload.state} />
          </span>
        </div>
      </div>
      <StepList id={upload.id} current={current} reached={reached} />
      {action && <div className="ml-auto flex shrink-0 items-center gap-2">{action}</div>}
    </header>
  );
}
