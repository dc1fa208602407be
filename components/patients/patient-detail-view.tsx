'use client';

import { Banknote, ShoppingCart } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { Code } from '@/components/ui/code';
import { DateTime, DayText } from '@/components/ui/date-time';
import { EmailText } from '@/components/ui/email-text';
import { Fact, Facts } from '@/components/ui/fact';
import { Money } from '@/components/ui/money';
import { phoneText } from '@/server/domain/phone';
import type { PatientDetail } from '@/server/modules/sales/patients/schema';

/** A patient with the orders that the reader may see. */
export function PatientDetailView({
  patient,
  heading: Heading = 'h3',
  maySell = false,
}: {
  patient: PatientDetail;
  heading?: 'h2' | 'h3';
  maySell?: boolean;
}) {
  const t = useTranslations('patients');
  const facts: [string, React.ReactNode][] = [
    [t('columns.dob'), <DayText key="dob" value={patient.dob} />],
    [t('columns.sex'), t(`sex.${patient.sex}`)],
    [
      t('columns.phone'),
      <span key="phone" className="tabular">
        {phoneText(patient.phone)}
      </span>,
    ],
    [t('register.email'), patient.email ? <EmailText key="email" address={patient.email} /> : '—'],
    [t('register.address'), patient.address ?? '—'],
    [t('columns.createdAt'), <DateTime key="at" value={patient.createdAt} />],
  ];
  return (
    <div className="space-y-6">
      <Facts>
        {facts.map(([label, value]) => (
          <Fact key={label} label={label}>
            {value}
          </Fact>
        ))}
      </Facts>
      <RecentServices patient={patient} heading={Heading} />
      <section id="orders" className="scroll-mt-16">
        <Heading className="mb-2 border-b pb-1 text-sm font-semibold">{t('orders')}</Heading>
        {patient.orders.length === 0 ? (
          <p className="text-ink-2">{t('noOrders')}</p>
        ) : (
          <ul className="divide-y divide-line">
            {patient.orders.map((order) => (
              <PatientOrder key={order.id} order={order} maySell={maySell} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

type OrderProps = { order: PatientDetail['orders'][number]; maySell: boolean };

/** An order of the patient; what is owed of it is taken from here as well. */
function PatientOrder({ order, maySell }: OrderProps) {
  const t = useTranslations('orders');
  const locale = useLocale();
  return (
    <li className="flex flex-wrap items-center gap-x-3">
      <Link
        href={`/orders/${order.id}`}
        className="flex min-w-0 flex-1 items-baseline gap-3 rounded-md py-2 hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <Code className="font-semibold text-accent-ink">{order.number}</Code>
          <span className="block text-xs text-ink-2">
            <DateTime value={order.orderedAt} /> · {locale === 'en' ? order.branchNameEn : order.branchNameVi} ·{' '}
            {t(`states.${order.state}`)}
          </span>
        </span>
        <span className="tabular text-right font-medium">
          <Money minor={order.netTotal} currency={order.currency} />
          {order.due > 0n && (
            <span className="block text-xs text-notice">
              {t.rich('owed.due', { money: () => <Money minor={order.due} currency={order.currency} /> })}
            </span>
          )}
        </span>
      </Link>
      {maySell && order.due > 0n && (
        <LinkButton href={`/pos?balance=${order.id}`} size="small" icon={Banknote}>
          {t('owed.takeShort')}
        </LinkButton>
      )}
    </li>
  );
}

type Part = { patient: PatientDetail; heading: 'h2' | 'h3' };

/** What was done for the patient lately, each service once with its day: most often it is asked for again. */
function RecentServices({ patient, heading: Heading }: Part) {
  const t = useTranslations('patients');
  const locale = useLocale();
  if (patient.services.length === 0) return null;
  return (
    <section>
      <Heading className="mb-2 border-b pb-1 text-sm font-semibold">{t('services')}</Heading>
      <ul className="divide-y divide-line">
        {patient.services.map(({ code, nameVi, nameEn, orderedAt, orderId }) => (
          <li key={code} className="flex items-baseline gap-3 py-1.5">
            <span className="min-w-0 flex-1">
              {locale === 'en' ? nameEn : nameVi} <Code className="text-ink-3">{code}</Code>
            </span>
            <Link href={`/orders/${orderId}`} className="text-xs text-ink-2 hover:underline">
              <DateTime value={orderedAt} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The till with this patient chosen. */
export function SellTo({ patientId }: { patientId: string }) {
  const t = useTranslations('patients');
  return (
    <LinkButton href={`/pos?patient=${patientId}`} variant="primary" icon={ShoppingCart}>
      {t('sellTo')}
    </LinkButton>
  );
}
