'use client';

import { WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';

const PATIENCE_MS = 5_000;

/** Says that what changes elsewhere does not arrive here at the moment. A line that is only opened again says nothing. */
export function LineState({ live }: { live: boolean }) {
  const t = useTranslations('frame.bar');
  const [isDown, setIsDown] = useState(false);
  useEffect(() => {
    if (live) return setIsDown(false);
    const timer = setTimeout(() => setIsDown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [live]);
  return (
    <span role="status" className="flex min-w-0 items-center gap-1.5 text-notice">
      {isDown && (
        <>
          <WifiOff aria-hidden="true" className="size-4 shrink-0" />
          <span className="truncate max-sm:sr-only">{t('lineDown')}</span>
        </>
      )}
    </span>
  );
}
