'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { DateTime } from '@/components/ui/date-time';
import type { RateCardVersion } from '@/server/modules/sales/pricing/schema';
import { Validity, VersionStateBadge } from './version-state';

interface Props {
  versions: readonly RateCardVersion[];
  shown: string | undefined;
  onShow: (id: string) => void;
}

/** The versions of a card, newest first; a press shows the prices of one. */
export function VersionList({ versions, shown, onShow }: Props) {
  return (
    <ul className="flex flex-col gap-2">
      {versions.map((version) => (
        <li key={version.id}>
          <button
            type="button"
            aria-pressed={version.id === shown}
            onClick={() => onShow(version.id)}
            className={clsx(
              'flex w-full cursor-pointer flex-col gap-1 rounded-md border px-3 py-2 text-left',
              version.id === shown ? 'border-accent-line bg-accent-soft' : 'border-line bg-surface hover:bg-hover',
            )}
          >
            <span className="flex w-full flex-wrap items-center justify-between gap-x-3 gap-y-1">
              <span className="font-medium">
                <Validity version={version} />
              </span>
              <VersionStateBadge version={version} />
            </span>
            <VersionNote version={version} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Who published the version and when, and how many services it prices. */
function VersionNote({ version }: { version: RateCardVersion }) {
  const t = useTranslations('pricing.detail');
  return (
    <span className="text-xs text-ink-2">
      {t('services', { count: version.itemCount })}
      {' · '}
      {version.publishedAt === null
        ? t('notPublished')
        : t.rich('published', {
            at: () => <DateTime value={version.publishedAt ?? ''} />,
            by: version.publishedBy ?? t('fromFiles'),
          })}
    </span>
  );
}
