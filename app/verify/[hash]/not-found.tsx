import { getTranslations } from 'next-intl/server';
import { Callout } from '@/components/ui/callout';

export default async function UnknownSeal() {
  const t = await getTranslations('statements.verify');
  return (
    <main className="flex flex-1 flex-col gap-4 py-8">
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      <Callout tone="wrong" title={t('unknown')}>
        {t('unknownText')}
      </Callout>
    </main>
  );
}
