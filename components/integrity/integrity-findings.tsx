'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { Callout } from '@/components/ui/callout';
import { DateTime } from '@/components/ui/date-time';
import type { Diagnosis } from '@/server/modules/core/integrity/schema';

const REFRESH_MS = 60_000;

/** What must hold and does not, from a look that is a minute old at most; where all holds, that. */
export function IntegrityFindings() {
  const t = useTranslations('operations.integrity');
  const { data } = useQuery(useTRPC().integrity.diagnosis.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  if (!data) return null;
  const when = () => <DateTime value={data.at} precision="second" />;
  return (
    <section aria-label={t('title')}>
      <h2 className="text-base font-semibold">{t('title')}</h2>
      <p className="mb-3 text-ink-2">{t('help')}</p>
      {data.ok ? (
        <p className="flex items-center gap-2">
          <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-good" />
          <span>
            {t('holds')} {t.rich('looked', { when })}
          </span>
        </p>
      ) : (
        <Callout tone="wrong" title={t('broken', { count: data.findings.length + data.unchecked.length })}>
          <Broken diagnosis={data} />
          <p className="mt-2">
            {t('command')} {t.rich('looked', { when })}
          </p>
        </Callout>
      )}
    </section>
  );
}

function Broken({ diagnosis: { findings, unchecked } }: { diagnosis: Diagnosis }) {
  const t = useTranslations('operations.integrity');
  return (
    <>
      <ul>
        {findings.map(({ invariant, count, more, since }) => (
          <li key={invariant}>
            {t(`names.${invariant}`)}: <strong className="tabular">{t('count', { count, more: String(more) })}</strong>
            {since && (
              <>
                {' '}
                · <DateTime value={since} precision="second" />
              </>
            )}
          </li>
        ))}
      </ul>
      {unchecked.length > 0 && (
        <p>{t('unchecked', { names: unchecked.map((invariant) => t(`names.${invariant}`)).join(', ') })}</p>
      )}
    </>
  );
}
