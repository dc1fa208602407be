'use client';

import { ArrowDown, ArrowUp, Minus, Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Code } from '@/components/ui/code';
import type { Column } from '@/components/ui/data-table-types';
import { Money } from '@/components/ui/money';
import { currencySign } from '@/components/ui/money-text';
import type { RateCardItem } from '@/server/modules/sales/pricing/schema';
import { percentText } from './price-difference';

/** Prices of a version; what they were and by how much they changed stand beside them where there is a version before. */
export function useItemColumns(currency: string, compared: boolean, roomy: boolean): Column<RateCardItem>[] {
  const t = useTranslations('pricing');
  const locale = useLocale();
  const sign = currencySign(currency, locale);
  const money = (minor: bigint | null) =>
    minor === null ? (
      <span className="text-ink-3">—</span>
    ) : (
      <Money minor={minor} currency={currency} withCurrency={false} />
    );
  const service: Column<RateCardItem> = {
    id: 'service',
    header: t('items.service'),
    cell: (row) => (
      <span className="flex min-w-0 items-baseline gap-2 max-sm:flex-wrap">
        <Code className="w-16 shrink-0 truncate text-xs font-normal text-ink-3 max-sm:w-auto">{row.code}</Code>
        <span className="min-w-0 sm:truncate" title={`${row.nameVi} · ${row.nameEn}`}>
          {locale === 'en' ? row.nameEn : row.nameVi}
        </span>
      </span>
    ),
    minWidth: 180,
  };
  const otherName: Column<RateCardItem> = {
    id: 'otherName',
    header: t(locale === 'en' ? 'items.nameVi' : 'items.nameEn'),
    cell: (row) => (
      <span className="text-ink-2" lang={locale === 'en' ? 'vi' : 'en'}>
        {locale === 'en' ? row.nameVi : row.nameEn}
      </span>
    ),
    minWidth: 160,
  };
  const price: Column<RateCardItem> = {
    id: 'price',
    header: t('items.price', { currency: sign }),
    cell: (row) => <span className="font-medium">{money(row.price)}</span>,
    width: 112,
    align: 'end',
  };
  const before: Column<RateCardItem> = {
    id: 'before',
    header: t('items.before', { currency: sign }),
    cell: (row) => <span className="text-ink-2">{money(row.before)}</span>,
    width: 112,
    align: 'end',
  };
  const difference: Column<RateCardItem> = {
    id: 'difference',
    header: t('items.difference', { currency: sign }),
    cell: (row) => <Difference item={row} currency={currency} withPercent={roomy} />,
    width: roomy ? 172 : 124,
    align: 'end',
  };
  return [service, ...(roomy ? [otherName] : []), ...(compared ? [before, price, difference] : [price])];
}

function Difference({ item, currency, withPercent }: { item: RateCardItem; currency: string; withPercent: boolean }) {
  const t = useTranslations('pricing.changes');
  const locale = useLocale();
  if (item.before === null || item.difference === null) {
    const Icon = item.price === null ? Minus : Plus;
    return (
      <Badge>
        <Icon aria-hidden="true" className="size-3" />
        {t(item.price === null ? 'droppedOne' : 'addedOne')}
      </Badge>
    );
  }
  if (item.difference === 0n) return <span className="text-ink-3">{t('same')}</span>;
  const percent = withPercent && percentText(item.before, item.difference, locale);
  const Icon = item.difference > 0n ? ArrowUp : ArrowDown;
  return (
    <span className="inline-flex items-baseline gap-1">
      <Icon aria-hidden="true" className="size-3 self-center text-ink-3" />
      <Money minor={item.difference} currency={currency} withCurrency={false} signed />
      {percent && <span className="text-xs text-ink-2">({percent})</span>}
    </span>
  );
}
