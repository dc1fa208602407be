'use client';

import { clsx } from 'clsx';
import { CircleAlert, Info, ShoppingBasket, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { IconButton } from '@/components/ui/button';
import { Code } from '@/components/ui/code';
import { EmptyState } from '@/components/ui/empty-state';
import { Money } from '@/components/ui/money';
import { PriceReason } from './price-reason';
import type { Catalogue } from './use-catalogue';
import type { PricedCart, PricedLine } from './use-priced-cart';

type Props = {
  priced: PricedCart;
  catalogue: Catalogue;
  selected: string | null;
  onSelect: (code: string) => void;
  onRemove: (code: string) => void;
};

/** The cart: one line a service; the chosen one says why its price is what it is, and what forbids a sale stands in its place. */
export function CartLines({ priced, catalogue, selected, onSelect, onRemove }: Props) {
  const t = useTranslations('till.cart');
  if (priced.lines.length === 0) {
    return (
      <div className="grid min-h-48 flex-1 place-items-center p-4">
        <EmptyState icon={ShoppingBasket} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      </div>
    );
  }
  return (
    <ol aria-label={t('label')} className="min-h-0 flex-1 divide-y divide-line @min-[50rem]/till:overflow-y-auto">
      {priced.lines.map((line, index) => (
        <CartLine
          key={line.code}
          line={line}
          place={index + 1}
          name={line.service ? catalogue.nameOf(line.service) : line.code}
          currency={priced.currency}
          selected={line.code === selected}
          onSelect={() => onSelect(line.code)}
          onRemove={() => onRemove(line.code)}
        />
      ))}
    </ol>
  );
}

type LineProps = {
  line: PricedLine;
  place: number;
  name: string;
  currency: string;
  selected: boolean;
  onSelect: () => void;
  onRemove: () => void;
};

function CartLine({ line, place, name, currency, selected, onSelect, onRemove }: LineProps) {
  const t = useTranslations('till.cart');
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <li
      ref={row}
      className={clsx(
        'group relative flex animate-fade gap-3 px-3 py-2',
        selected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <button
        type="button"
        aria-current={selected}
        aria-label={t('choose', { name })}
        onClick={onSelect}
        onFocus={onSelect}
        className="absolute inset-0 rounded-md"
      />
      <span className="tabular w-5 shrink-0 pt-px text-right text-xs leading-5 text-ink-3">{place}</span>
      <div className="pointer-events-none min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="text-xs text-ink-3">
          <Code>{line.code}</Code>
          {line.discountPercent !== '0' && line.listPrice !== null && (
            <>
              {' · '}
              <Money minor={line.listPrice} currency={currency} />
              {' · '}
              <span className="text-notice">{t('discount', { percent: Number(line.discountPercent) })}</span>
            </>
          )}
        </p>
        <LineNotes line={line} selected={selected} />
      </div>
      <div className="pointer-events-none shrink-0 text-right">
        <p className="tabular font-semibold">
          {line.net === null ? '—' : <Money minor={line.net} currency={currency} />}
        </p>
        {line.discount > 0n && (
          <p className="tabular text-xs text-notice">
            −<Money minor={line.discount} currency={currency} withCurrency={false} />
          </p>
        )}
      </div>
      <IconButton
        icon={Trash2}
        label={t('remove', { name })}
        size="small"
        onPress={onRemove}
        className="relative self-center"
      />
    </li>
  );
}

function LineNotes({ line, selected }: { line: PricedLine; selected: boolean }) {
  const t = useTranslations('till');
  return (
    <>
      {line.problem && (
        <p role="alert" className="mt-1 flex items-start gap-1 text-xs font-medium text-wrong">
          <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
          {t.has(`problems.${line.problem}`) ? t(`problems.${line.problem}`) : line.problem}
        </p>
      )}
      {line.includedIn && (
        <p className="mt-1 flex items-start gap-1 text-xs text-notice">
          <Info aria-hidden="true" className="mt-px size-3.5 shrink-0" />
          {t('cart.includedIn', { code: line.includedIn })}
        </p>
      )}
      {selected && line.reason && (
        <p className="mt-1">
          <PriceReason reason={line.reason} />
        </p>
      )}
    </>
  );
}
