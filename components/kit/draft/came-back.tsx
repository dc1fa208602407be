'use client';

import { clsx } from 'clsx';
import { History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { DateTime } from '@/components/ui/date-time';
import type { KeptDraft } from './use-kept-draft';

type Props = { kept: Pick<KeptDraft, 'cameBackFrom' | 'isOutdated'>; onDrop: () => void };

/** Says that what stands in a form was written before, whether what it is about has changed since, and lets it be dropped. */
export function CameBack({ kept: { cameBackFrom, isOutdated }, onDrop }: Props) {
  const t = useTranslations('ui.draft');
  if (!cameBackFrom) return null;
  return (
    <div
      role="status"
      className={clsx(
        'flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md px-3 py-1 text-ink-2',
        isOutdated ? 'border border-notice-line bg-notice-soft' : 'bg-sunken',
      )}
    >
      <History aria-hidden="true" className={clsx('size-4 shrink-0', isOutdated && 'text-notice')} />
      <p className="min-w-0 flex-1 basis-48">
        {t.rich('cameBack', { when: () => <DateTime value={cameBackFrom} /> })}
        {isOutdated && <span className="block text-notice">{t('changed')}</span>}
      </p>
      <Button variant="quiet" size="small" onPress={onDrop}>
        {t('drop')}
      </Button>
    </div>
  );
}
