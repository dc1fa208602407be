'use client';

import { Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { receiptAddress } from '@/components/till/sold-panel';
import { LinkButton } from '@/components/ui/button';
import { Code } from '@/components/ui/code';
import { DateTime } from '@/components/ui/date-time';
import type { OrderDetail } from '@/server/modules/sales/orders/schema';
import { Part } from './order-part';

/** The labels of an order, and its receipts. */
export function OrderPapers({ order }: { order: OrderDetail }) {
  const t = useTranslations('orders.detail');
  const categories = useTranslations('orders.categories');
  return (
    <>
      <Part title={t('labels')}>
        {order.labels.length === 0 ? (
          <p className="text-ink-2">{t('noLabels')}</p>
        ) : (
          <ul className="flex flex-wrap gap-2">
            {order.labels.map((label) => (
              <li
                key={label.barcode}
                className="flex max-w-full flex-wrap items-baseline gap-x-2 rounded-md border px-2 py-1"
              >
                <Code className="font-semibold">{label.barcode}</Code>
                <span className="text-xs text-ink-2">
                  {categories.has(label.category) ? categories(label.category) : label.category}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part title={t('documents')}>
        <div className="flex flex-wrap gap-2">
          <LinkButton href={receiptAddress(order.id, 'vi')} target="_blank" prefetch={false} icon={Printer}>
            {t('receiptVi')}
          </LinkButton>
          <LinkButton href={receiptAddress(order.id, 'en')} target="_blank" prefetch={false} variant="quiet">
            {t('receiptEn')}
          </LinkButton>
        </div>
        {order.documents.length > 0 && (
          <ul className="mt-2 space-y-1 text-xs text-ink-2">
            {order.documents.map((document) => (
              <li key={document.id}>
                {t('documentMade', { language: document.language === 'en' ? 'EN' : 'VI', version: document.version })}{' '}
                <DateTime value={document.createdAt} precision="second" />
              </li>
            ))}
          </ul>
        )}
      </Part>
    </>
  );
}
