'use client';

import { History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { DateTime } from '@/components/ui/date-time';

/** Says that what stands in a form was written before, and lets it be dropped; nothing where it was not. */
export function CameBack({ from, onDrop }: { from: Date | null; onDrop: () => void }) {
  const t = useTranslations('ui.draft');
  if (!from) return null;
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-sunken px-3 py-1 text-ink-2">
      <History aria-hidden="true" className="size-4 shrink-0" />
      <span className="min-w-0 flex-1">{t.rich('cameBack', { when: () => <DateTime value={from} /> })}</span>
      <Button variant="quiet" size="small" onPress={onDrop}>
        {t('drop')}
      </Button>
    </p>
  );
}
