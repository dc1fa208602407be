import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Code } from '@/components/ui/code';
import { DayText } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import type { PublishedDay, PublishedOrder } from '@/server/modules/referral/statements/schema';
import { LineRow } from './line-row';

const commissionOf = (orders: readonly PublishedOrder[]): bigint =>
  orders.reduce((sum, order) => order.lines.reduce((part, line) => part + BigInt(line.commission), sum), 0n);

/** Orders by business day: a day opens to its orders, a service to its arithmetic. */
export function DayList({ days, currency, label }: { days: readonly PublishedDay[]; currency: string; label: string }) {
  const t = useTranslations('doctor-statement');
  return (
    <ol aria-label={label} className="card divide-y overflow-hidden">
      {days.map(({ day, orders }) => (
        <li key={day}>
          <details className="group/day">
            <summary className="flex min-h-(--row-h) cursor-pointer list-none flex-wrap items-center gap-x-3 px-4 py-2 -outline-offset-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
              <span className="flex min-w-0 flex-1 basis-40 flex-wrap items-baseline gap-x-2">
                <DayText value={day} className="font-semibold" />
                <span className="text-sm text-ink-2">{t('orders', { count: orders.length })}</span>
              </span>
              <Money minor={commissionOf(orders)} currency={currency} className="ml-auto font-medium" />
              <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-ink-3 group-open/day:rotate-180" />
            </summary>
            <ul className="divide-y border-t">
              {orders.map((order) => (
                <OrderBlock key={order.number} order={order} currency={currency} />
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ol>
  );
}

function OrderBlock({ order, currency }: { order: PublishedOrder; currency: string }) {
  return (
    <li className="py-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 px-4 pt-2 text-sm">
        <span className="font-medium">{order.patient}</span>
        <Code className="text-ink-2">{order.number}</Code>
      </div>
      {order.lines.map((line) => (
        <LineRow key={line.position} line={line} currency={currency} />
      ))}
    </li>
  );
}
