import { Lock } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** A page that is not this person's: says so, and leads back. */
export default async function Forbidden() {
  const t = await getTranslations('forbidden');
  return (
    <>
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState icon={Lock} title={t('title')} action={<LinkButton href="/">{t('home')}</LinkButton>}>
        {t('sentence')}
      </EmptyState>
    </>
  );
}
