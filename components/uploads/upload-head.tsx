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
    <header className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 in-[[data-fills]]:mb-2 xl:flex-nowrap">
      <div className="flex min-w-0 items-center gap-2 max-sm:w-full">
        <LinkButton href="/uploads" variant="quiet" icon={ArrowLeft} className="-ml-2 px-2" aria-label={t('title')} />
        <h1 className="min-w-0 truncate text-xl font-semibold" title={upload.fileName}>
          {upload.fileName}
        </h1>
        <UploadStateBadge state={upload.state} />
      </div>
      <StepList id={upload.id} current={current} reached={reached} />
      {action && <div className="ml-auto flex shrink-0 items-center gap-2">{action}</div>}
    </header>
  );
}
