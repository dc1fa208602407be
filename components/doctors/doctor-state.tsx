import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/ui/badge';
import type { DoctorListRow } from '@/server/modules/referral/doctors/schema';

/** Whether work goes on with a doctor, and whether anything can be sent. */
export function DoctorState({ doctor }: { doctor: DoctorListRow }) {
  const t = useTranslations('doctors');
  if (!doctor.active) return <StatusBadge tone="neutral">{t('inactive')}</StatusBadge>;
  if (!doctor.phone && !doctor.email) return <StatusBadge tone="notice">{t('noChannel')}</StatusBadge>;
  return <StatusBadge tone="good">{t('active')}</StatusBadge>;
}
