import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { CompassIcon } from '@/components/ui/plain-icon';

/** A page that there is not, within the frame: says so, and leads back. */
export default async function NotFound() {
  const t = await getTranslations('ui.notFound');
  return (
    <>
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState icon={CompassIcon} title={t('title')} action={<LinkButton href="/">{t('home')}</LinkButton>}>
        {t('sentence')}
      </EmptyState>
    </>
  );
}
