import { getTranslations } from 'next-intl/server';
import { GateNotice } from '@/components/statement-access/gate-notice';

/** An address that opens links faster than people do. */
export default async function TooManyOpened() {
  const t = await getTranslations('statement-access.limited');
  return <GateNotice title={t('title')}>{t('sentence')}</GateNotice>;
}
