import { getTranslations } from 'next-intl/server';
import { Callout } from '@/components/ui/callout';

export default async function UnknownSeal() {
  const t = await getTranslations('statements.verify');
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center p-4" data-density="relaxed">
      <h1 className="mb-3 text-xl font-semibold">{t('title')}</h1>
      <Callout tone="wrong" title={t('unknown')}>
        {t('unknownText')}
      </Callout>
    </main>
  );
}
