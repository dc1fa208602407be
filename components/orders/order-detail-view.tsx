'use client';

import { Banknote } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { OrderRefunds } from '@/components/giving-back/order-refunds';
import { PriceReason } from '@/components/till/price-reason';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { Code } from '@/components/ui/code';
import { DateTime, DayText } from '@/components/ui/date-time';
import { Fact, Facts } from '@/components/ui/fact';
import { Money } from '@/components/ui/money';
import { numberText } from '@/components/ui/typed-number';
import { phoneText } from '@/server/domain/phone';
import type { OrderDetail, OrderLineRow } from '@/server/modules/sales/orders/schema';
import { OrderPapers } from './order-papers';
import { type HeadingLevel, Part, PartHeading } from './order-part';

/** Everything that hangs on an order: who, what at which price and why, payments, labels, documents, and what happened. */
export function OrderDetailView({
  order,
  heading = 'h3',
  maySell = false,
}: {
  order: OrderDetail;
  heading?: HeadingLevel;
  maySell?: boolean;
}) {
  const t = useTranslations('orders.detail');
  return (
    <PartHeading value={heading}>
      <div className="space-y-6">
        {order.due > 0n && <OrderOwed order={order} maySell={maySell} />}
        <OrderFacts order={order} />
        <Part title={t('lines')}>
          <ul className="divide-y divide-line">
            {order.lines.map((line) => (
              <OrderLine key={line.position} line={line} currency={order.currency} />
            ))}
          </ul>
          <OrderSum order={order} />
        </Part>
        <OrderPayments order={order} />
        {order.lines.some((line) => line.refunded) && (
          <Part title={t('refunds')}>
            <OrderRefunds orderId={order.id} currency={order.currency} />
          </Part>
        )}
        <OrderPapers order={order} />
        <Part title={t('events')}>
          <ol className="space-y-1.5">
            {order.events.map((event) => (
              <li key={`${event.at.toISOString()}-${event.action}`} className="flex flex-wrap items-baseline gap-x-3">
                <span className="text-xs text-ink-3">
                  <DateTime value={event.at} precision="second" />
                </span>
                <span>
                  {t.has(`actions.${event.action.replace('.', '_')}`)
                    ? t(`actions.${event.action.replace('.', '_')}`)
                    : event.action}
                </span>
                <span className="text-ink-2">{event.actorName ?? t('system')}</span>
              </li>
            ))}
          </ol>
        </Part>
      </div>
    </PartHeading>
  );
}

/** What is owed, in figures, and the way to take it. */
function OrderOwed({ order, maySell }: { order: OrderDetail; maySell: boolean }) {
  const t = useTranslations('orders.owed');
  const givenBack = order.lines.reduce((sum, line) => sum + line.givenBack, 0n);
  const sums = { net: order.netTotal - givenBack, paid: order.netTotal - givenBack - order.due };
  const money = (minor: bigint) => () => <Money minor={minor} currency={order.currency} />;
  return (
    <section
      aria-label={t('label')}
      className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg border border-notice-line bg-notice-soft p-3"
    >
      <div className="min-w-0 flex-1">
        <p className="tabular text-lg font-bold" data-testid="owed">
          {t.rich('due', { money: money(order.due) })}
        </p>
        <p className="tabular text-ink-2">{t.rich('paid', { paid: money(sums.paid), net: money(sums.net) })}</p>
      </div>
      {maySell && <TakeBalance orderId={order.id} />}
    </section>
  );
}

/** The till with what is owed of this order. */
export function TakeBalance({ orderId }: { orderId: string }) {
  const t = useTranslations('orders.owed');
  return (
    <LinkButton href={`/pos?balance=${orderId}`} variant="primary" icon={Banknote}>
      {t('take')}
    </LinkButton>
  );
}

function OrderFacts({ order }: { order: OrderDetail }) {
  const t = useTranslations('orders');
  const locale = useLocale();
  return (
    <Facts>
      <Fact label={t('columns.patient')}>
        <Link href={`/patients/${order.patient.id}`} className="font-medium text-accent-ink hover:underline">
          {order.patientName}
        </Link>
        <span className="tabular block text-xs text-ink-2">
          <DayText value={order.patient.dob} /> · {t(`sex.${order.patient.sex}`)} · {phoneText(order.patient.phone)}
        </span>
      </Fact>
      <Fact label={t('columns.customer')}>{order.customerName ?? t('selfPaid')}</Fact>
      <Fact label={t('columns.orderedAt')}>
        <DateTime value={order.orderedAt} />
      </Fact>
      <Fact label={t('columns.doctor')}>{order.doctorName ?? '—'}</Fact>
      <Fact label={t('columns.branch')}>{locale === 'en' ? order.branchNameEn : order.branchNameVi}</Fact>
      <Fact label={t('detail.soldBy')}>
        {order.cashier ?? t(`sources.${order.source}`)}
        {order.till && <span className="text-ink-2"> · {order.till}</span>}
      </Fact>
      <Fact label={t('detail.accession')}>
        {order.accession ? <Code>{order.accession}</Code> : t('detail.accessionWaiting')}
      </Fact>
      <Fact label={t('detail.settledAt')}>{order.settledAt ? <DateTime value={order.settledAt} /> : '—'}</Fact>
      {order.externalRef && (
        <Fact label={t('detail.externalRef')}>
          <Code breaks>{order.externalRef}</Code>
        </Fact>
      )}
      {order.note && <Fact label={t('detail.note')}>{order.note}</Fact>}
    </Facts>
  );
}

function OrderLine({ line, currency }: { line: OrderLineRow; currency: string }) {
  const t = useTranslations('orders.detail');
  const locale = useLocale();
  return (
    <li className="flex gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {locale === 'en' ? line.nameEn : line.nameVi}{' '}
          {line.refunded && <Badge>{t(line.givenBack < line.net ? 'refundedInPart' : 'refunded')}</Badge>}
        </p>
        <Code className="block text-xs text-ink-3">{line.code}</Code>
        <PriceReason reason={line.reason} />
        {line.refunded && line.givenBack < line.net && (
          <p className="text-xs text-ink-2">
            {t.rich('givenBack', { amount: () => <Money minor={line.givenBack} currency={currency} /> })}
          </p>
        )}
      </div>
      <div className="tabular shrink-0 text-right">
        <p className="font-medium">
          <Money minor={line.net} currency={currency} />
        </p>
        {line.discount > 0n && (
          <p className="text-xs text-ink-2">
            <Money minor={line.listPrice} currency={currency} withCurrency={false} /> −
            {numberText(Number(line.discountPercent), locale)}%
          </p>
        )}
      </div>
    </li>
  );
}

function OrderSum({ order }: { order: OrderDetail }) {
  const t = useTranslations('orders.sums');
  const given = order.lines.reduce((sum, line) => sum + line.givenBack, 0n);
  const rows: [string, bigint][] = [
    [t('list'), order.listTotal],
    [t('discount'), -order.discountTotal],
  ];
  return (
    <dl className="mt-1 space-y-1 border-t pt-2">
      {rows.map(([label, minor]) => (
        <div key={label} className="flex items-baseline justify-between text-ink-2">
          <dt>{label}</dt>
          <dd>
            <Money minor={minor} currency={order.currency} />
          </dd>
        </div>
      ))}
      <div className="flex items-baseline justify-between font-semibold">
        <dt>{t('net')}</dt>
        <dd className="text-base">
          <Money minor={order.netTotal} currency={order.currency} />
        </dd>
      </div>
      {given > 0n &&
        [
          { label: t('given'), minor: -given },
          { label: t('left'), minor: order.netTotal - given },
        ].map(({ label, minor }) => (
          <div key={label} className="flex items-baseline justify-between text-ink-2">
            <dt>{label}</dt>
            <dd>
              <Money minor={minor} currency={order.currency} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

function OrderPayments({ order }: { order: OrderDetail }) {
  const t = useTranslations('orders.detail');
  const methods = useTranslations('till.pay.methods');
  return (
    <Part title={t('payments')}>
      {order.payments.length === 0 ? (
        <p className="text-ink-2">{order.terms === 'account' ? t('onAccount') : t('noPayments')}</p>
      ) : (
        <ul className="space-y-1">
          {order.payments.map((payment) => (
            <li key={payment.id} className="flex flex-wrap items-baseline justify-end gap-x-3">
              <span className="min-w-0 flex-auto">
                {payment.refund ? `${t('refund')} · ${methods(payment.method)}` : methods(payment.method)}
                {payment.reference && <span className="tabular text-ink-2"> · {payment.reference}</span>}
                {payment.change !== null && payment.change > 0n && payment.tendered !== null && (
                  <span className="block text-xs text-ink-2">
                    {t('tendered')} <Money minor={payment.tendered} currency={order.currency} /> · {t('change')}{' '}
                    <Money minor={payment.change} currency={order.currency} />
                  </span>
                )}
              </span>
              <span className="text-xs text-ink-3">
                <DateTime value={payment.paidAt} />
              </span>
              <span className="tabular font-medium">
                <Money minor={payment.amount} currency={order.currency} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}
