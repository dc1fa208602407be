import { Compass } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { buttonClass } from '@/components/ui/button-style';
import { EmptyState } from '@/components/ui/empty-state';

export default async function NotFound() {
  const t = await getTranslations('ui.notFound');
  return (
    <main className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState
        icon={Compass}
        title={t('title')}
        action={
          <Link href="/" className={buttonClass()}>
            {t('home')}
          </Link>
        }
      >
        {t('sentence')}
      </EmptyState>
    </main>
  );
}
