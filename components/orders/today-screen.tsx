'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarCheck } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { dayText, timeText } from '@/components/ui/day-text';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useToday } from '@/components/ui/use-today';
import { DEFAULT_TIME_ZONE } from '@/i18n/locales';
import { ageOn } from '@/server/domain/age';
import type { TodaysOrder } from '@/server/modules/sales/orders/schema';

/** The categories of what is to be done today, each with how many orders hold it; the most frequent first. */
export function categoriesOf(orders: readonly TodaysOrder[]): [category: string, orders: number][] {
  const counts = new Map<string, number>();
  for (const { services } of orders)
    for (const category of new Set(services.map((service) => service.category)))
      counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts].sort(([one, first], [other, second]) => second - first || one.localeCompare(other));
}

function OrderOfToday({ order, today, zone }: { order: TodaysOrder; today: string; zone: string }) {
  const t = useTranslations('orders');
  const locale = useLocale();
  return (
    <li className="grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 px-4 py-3 hover:bg-hover @min-[38rem]/today:grid-cols-[3.5rem_minmax(0,16rem)_minmax(0,1fr)_auto]">
      <span className="tabular text-ink-2">{timeText(order.orderedAt, zone)}</span>
      <span className="min-w-0">
        <Link href={`/patients/${order.patientId}`} className="font-semibold hover:underline">
          {order.patientName}
        </Link>
        <span className="block text-xs text-ink-2">
          {t('today.who', { sex: t(`sex.${order.sex}`), age: ageOn(order.dob, today), code: order.patientCode })}
        </span>
      </span>
      <ul className="flex min-w-0 flex-wrap content-start gap-1 @max-[38rem]/today:col-start-2">
        {order.services.map((service) => (
          <li key={service.code}>
            <Badge>{locale === 'en' ? service.nameEn : service.nameVi}</Badge>
          </li>
        ))}
        {order.note && <li className="w-full text-ink-2">{order.note}</li>}
      </ul>
      <Link
        href={`/orders/${order.id}`}
        className="code self-start text-accent-ink underline-offset-2 hover:underline @max-[38rem]/today:col-start-2"
      >
        {order.number}
      </Link>
    </li>
  );
}

/** Where a clinician's day begins: who comes today, for what, as they were ordered. */
export function TodayScreen({ mostShown }: { mostShown: number }) {
  const t = useTranslations('orders.today');
  const categories = useTranslations('orders.categories');
  const zone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const today = useToday();
  const found = useQuery(useTRPC().orders.today.queryOptions());
  const [category, setCategory] = useState<string | null>(null);
  const orders = found.data ?? [];
  const shown = orders.filter(({ services }) => !category || services.some((one) => one.category === category));
  const explain = useErrorSentence();
  if (found.error) return <ErrorState {...explain(found.error)} onRetry={() => void found.refetch()} />;
  return (
    <>
      <PageHeader
        title={t('title', { day: dayText(today) })}
        status={
          orders.length > 0 && (
            <span className="text-ink-2">
              {t('figures', {
                patients: new Set(orders.map(({ patientId }) => patientId)).size,
                orders: orders.length,
                services: orders.reduce((sum, { services }) => sum + services.length, 0),
              })}
            </span>
          )
        }
      />
      {!found.data ? (
        <Loading>
          <SkeletonRows />
        </Loading>
      ) : orders.length === 0 ? (
        <div className="card">
          <EmptyState icon={CalendarCheck} title={t('none')}>
            {t('noneText')}
          </EmptyState>
        </div>
      ) : (
        <>
          <fieldset aria-label={t('filter')} className="mb-3 flex flex-wrap gap-2">
            {categoriesOf(orders).map(([name, count]) => (
              <Button
                key={name}
                size="small"
                variant={name === category ? 'primary' : 'secondary'}
                aria-pressed={name === category}
                onPress={() => setCategory(name === category ? null : name)}
              >
                {t('category', { name: categories.has(name) ? categories(name) : name, count })}
              </Button>
            ))}
          </fieldset>
          <ul aria-label={t('list')} className="@container/today card divide-y divide-line">
            {shown.map((order) => (
              <OrderOfToday key={order.id} order={order} today={today} zone={zone} />
            ))}
          </ul>
          {orders.length >= mostShown && (
            <p className="mt-3 text-ink-2">
              {t.rich('more', {
                count: mostShown,
                link: (text) => (
                  <Link href={`/orders?from=${today}&to=${today}`} className="text-accent-ink underline">
                    {text}
                  </Link>
                ),
              })}
            </p>
          )}
        </>
      )}
    </>
  );
}
