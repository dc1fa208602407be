import { getTranslations } from 'next-intl/server';
import { buttonClass } from '@/components/ui/button-style';
import { EmptyState } from '@/components/ui/empty-state';
import { CompassIcon } from '@/components/ui/plain-icon';

export default async function NotFound() {
  const t = await getTranslations('ui.notFound');
  return (
    <main className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState
        icon={CompassIcon}
        title={t('title')}
        action={
          <a href="/" className={buttonClass()}>
            {t('home')}
          </a>
        }
      >
        {t('sentence')}
      </EmptyState>
    </main>
  );
}
