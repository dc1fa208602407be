'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { TierBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { moneyText } from '@/components/ui/money-text';
import { ProgressBar } from '@/components/ui/progress-bar';
import { RadioGroup } from '@/components/ui/radio-group';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { LeftOut } from './left-out';
import { useDuration } from './upload-figures';
import { useUploadProgress } from './use-upload-progress';

type Props = { upload: UploadDetail; mayWrite: boolean };

/** The bar of a writing, with rows a second and time left; it goes on when this page is left. */
function Writing({ upload }: { upload: UploadDetail }) {
  const t = useTranslations('uploads.commit');
  const progress = useUploadProgress(upload.id, upload.state);
  return (
    <div className="card max-w-3xl space-y-4 p-(--card-p)">
      <ProgressBar
        label={t('writing')}
        done={progress?.written ?? upload.written}
        total={upload.allOrNothing ? null : (progress?.valid ?? upload.valid)}
        {...(progress?.rowsPerSecond ? { rate: progress.rowsPerSecond } : {})}
        {...(progress?.secondsLeft ? { secondsLeft: progress.secondsLeft } : {})}
      />
      <p className="flex flex-wrap items-center gap-2 text-ink-2">
        <TierBadge tier={upload.tier} />
        {t('leave')}
      </p>
    </div>
  );
}

/** What will be written, in figures, and whether wrong rows are left out or forbid everything. */
export function CommitStep({ upload, mayWrite }: Props) {
  const t = useTranslations('uploads.commit');
  const trpc = useTRPC();
  const client = useQueryClient();
  const locale = useLocale();
  const duration = useDuration();
  const sentenceOf = useErrorSentence();
  const [how, setHow] = useState<'valid' | 'all'>('valid');
  const { id, valid, invalid, netTotal, currency, expectedSeconds, written } = upload;
  const commit = useSentOnce(
    trpc.uploads.commit.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: trpc.uploads.pathKey() }),
    }),
  );
  if (upload.state === 'committing') return <Writing upload={upload} />;
  if (!mayWrite) return <Callout>{t('notYours')}</Callout>;
  const money = moneyText(netTotal, currency, locale);
  return (
    <div className="max-w-3xl space-y-5">
      <LeftOut header={upload.header} mapping={upload.mapping} />
      <div className="card space-y-4 p-(--card-p)">
        <p className="text-base font-semibold">
          {written > 0 ? t('resume', { left: valid - written, written }) : t('consequence', { count: valid, money })}
        </p>
        <p className="flex flex-wrap items-center gap-2 text-ink-2">
          <TierBadge tier={upload.tier} />
          {expectedSeconds === null ? t('lane') : t('laneExpected', { time: duration(expectedSeconds) })}
        </p>
        {invalid > 0 && written === 0 && (
          <RadioGroup
            label={t('how')}
            value={how}
            onChange={setHow}
            options={[
              { value: 'valid', label: t('onlyReady'), description: t('onlyReadyText', { invalid }) },
              { value: 'all', label: t('allOrNothing'), description: t('allOrNothingText', { invalid }) },
            ]}
          />
        )}
      </div>
      <FormErrorSummary problems={[]} refusal={commit.error && sentenceOf(commit.error).sentence} />
      <Button
        variant="primary"
        pending={commit.isPending}
        disabled={valid === 0}
        onPress={() =>
          commit.mutate({
            id,
            allOrNothing: how === 'all',
            ...(written === 0 ? { expected: { valid, netTotal } } : {}),
          })
        }
      >
        {t('act', { count: valid - written })}
      </Button>
    </div>
  );
}
