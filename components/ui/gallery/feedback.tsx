'use client';

import { FileSpreadsheet } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../button';
import { Callout } from '../callout';
import { EmptyState } from '../empty-state';
import { ErrorState } from '../error-state';
import { ProgressBar } from '../progress-bar';
import { Loading, SkeletonRows, SkeletonText, SkeletonTiles } from '../skeleton';
import { notify } from '../toast';
import { Section, Specimen } from './specimen';

function Toasts() {
  const t = useTranslations('design.fb');
  return (
    <Specimen name="notify" className="flex flex-wrap gap-3">
      <Button
        onPress={() =>
          notify.good(t('toastGood'), {
            description: t('toastDetail'),
            action: { label: t('undo'), onPress: () => notify.info(t('undone')) },
          })
        }
      >
        {t('showGood')}
      </Button>
      <Button onPress={() => notify.wrong(t('toastWrong'))}>{t('showWrong')}</Button>
    </Specimen>
  );
}

export function Feedback() {
  const t = useTranslations('design.fb');
  return (
    <Section id="feedback">
      <Specimen name="Callout" plain className="grid gap-3 md:grid-cols-2">
        <Callout tone="notice" title={t('noticeTitle')} actions={<Button size="small">{t('see')}</Button>}>
          {t('notice')}
        </Callout>
        <Callout tone="wrong" title={t('wrongTitle')}>
          {t('wrong')}
        </Callout>
        <Callout tone="info">{t('info')}</Callout>
        <Callout tone="good">{t('good')}</Callout>
        <Callout tone="waiting">{t('waitingText')}</Callout>
        <Callout tone="sealed">{t('sealedText')}</Callout>
      </Specimen>
      <div className="grid gap-6 md:grid-cols-2">
        <Specimen name="ProgressBar" className="flex flex-col gap-5">
          <ProgressBar label={t('upload')} done={12_340} total={50_000} rate={3_210} secondsLeft={12} />
          <ProgressBar label={t('unknown')} done={8_120} total={null} />
          <ProgressBar label={t('upload')} done={50_000} total={50_000} tone="good" />
          <ProgressBar label={t('upload')} done={12_340} total={50_000} tone="wrong" />
        </Specimen>
        <Toasts />
      </div>
      <div className="grid gap-6 md:grid-cols-2">
        <Specimen name={`EmptyState · ${t('emptyName')}`} plain className="card">
          <EmptyState
            icon={FileSpreadsheet}
            title={t('emptyTitle')}
            action={<Button variant="primary">{t('emptyAction')}</Button>}
          >
            {t('empty')}
          </EmptyState>
        </Specimen>
        <Specimen name={`ErrorState · ${t('errorName')}`} plain className="card">
          <ErrorState correlationId="01K9F3M7QW" onRetry={() => notify.info(t('undone'))} />
        </Specimen>
      </div>
      <Specimen name={`Loading · Skeleton · ${t('loading')}`} plain>
        <Loading className="flex flex-col gap-4">
          <SkeletonTiles />
          <div className="grid gap-4 md:grid-cols-2">
            <SkeletonRows rows={3} />
            <SkeletonText lines={4} />
          </div>
        </Loading>
      </Specimen>
    </Section>
  );
}
