'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { SheetView } from './sheet-view';
import { UploadFigures } from './upload-figures';
import { useUploadProgress } from './use-upload-progress';

type Props = { upload: UploadDetail; mayWrite: boolean; onCheck: () => void };

/** The dry run: its figures in one line, then the sheet with what is wrong in it. */
export function CheckStep({ upload, mayWrite, onCheck }: Props) {
  const t = useTranslations('uploads');
  const progress = useUploadProgress(upload.id, upload.state);
  if (upload.state === 'checking') {
    return (
      <div className="card max-w-3xl space-y-4 p-(--card-p)">
        <ProgressBar label={t('check.running')} done={progress?.rows ?? upload.rows} total={null} />
        <p className="text-ink-2">{t('check.runningText')}</p>
        {mayWrite && (
          <Button size="small" variant="quiet" onPress={onCheck}>
            {t('check.restart')}
          </Button>
        )}
      </div>
    );
  }
  if (!upload.checkedAt) {
    return (
      <Callout title={t('check.notYet')} actions={mayWrite && <Button onPress={onCheck}>{t('check.start')}</Button>}>
        {t('check.notYetText')}
      </Callout>
    );
  }
  return (
    <>
      {upload.valid === 0 && (
        <Callout tone="notice" className="mb-2">
          {t('check.noneReady')}
        </Callout>
      )}
      <SheetView upload={upload} figures={<UploadFigures upload={upload} />} />
    </>
  );
}
