import { Compass } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default async function NotFound() {
  const t = await getTranslations('ui.notFound');
  return (
    <main className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState icon={Compass} title={t('title')} action={<LinkButton href="/">{t('home')}</LinkButton>}>
        {t('sentence')}
      </EmptyState>
    </main>
  );
}
