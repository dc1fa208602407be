import { getTranslations } from 'next-intl/server';
import { GateNotice } from '@/components/statement-access/gate-notice';

export default async function SessionOver() {
  const t = await getTranslations('statement-access.over');
  return <GateNotice title={t('title')}>{t('sentence')}</GateNotice>;
}
