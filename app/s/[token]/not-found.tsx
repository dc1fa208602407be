import { getTranslations } from 'next-intl/server';
import { GateNotice } from '@/components/statement-access/gate-notice';

/** One page and one sentence for every link that does not open: it does not say why. */
export default async function LinkClosed() {
  const t = await getTranslations('statement-access.closed');
  return <GateNotice title={t('title')}>{t('sentence')}</GateNotice>;
}
