'use client';

import { Banknote, CreditCard, Landmark, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { KeyboardEvent, Ref } from 'react';
import { IconButton } from '@/components/ui/button';
import { MoneyField } from '@/components/ui/money-field';
import { amountText } from '@/components/ui/money-text';
import { SegmentedControl } from '@/components/ui/radio-group';
import { TextField } from '@/components/ui/text-field';
import type { TenderAction, TenderDraft } from './cart-state';

type Props = {
  tender: TenderDraft;
  /** What the other tenders leave: an empty amount stands for it. */
  due: bigint;
  currency: string;
  act: (action: TenderAction) => void;
  removable: boolean;
  amountRef: Ref<HTMLInputElement> | undefined;
  onEnter: () => void;
};

/** One way of paying: how, how much was handed over, and the slip's number where there is one. */
export function TenderRow({ tender, due, currency, act, removable, amountRef, onEnter }: Props) {
  const t = useTranslations('till.pay');
  const locale = useLocale();
  const goOn = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) onEnter();
  };
  const change = (next: Partial<Omit<TenderDraft, 'id'>>) => act({ do: 'tender', id: tender.id, change: next });
  return (
    <div className="space-y-2 rounded-lg border p-2">
      <SegmentedControl
        label={t('method')}
        options={[
          { value: 'cash', label: t('methods.cash'), icon: <Banknote aria-hidden="true" className="size-3.5" /> },
          { value: 'card', label: t('methods.card'), icon: <CreditCard aria-hidden="true" className="size-3.5" /> },
          {
            value: 'transfer',
            label: t('methods.transfer'),
            icon: <Landmark aria-hidden="true" className="size-3.5" />,
          },
        ]}
        value={tender.method}
        onChange={(method) => change({ method })}
        size="small"
      />
      <div className="flex items-end gap-1">
        <MoneyField
          label={tender.method === 'cash' ? t('handedOver') : t('amount')}
          size="large"
          className="flex-1"
          currency={currency}
          value={tender.given}
          onChange={(given, refused) => change({ given, refused })}
          placeholder={amountText(due, currency, locale)}
          {...(amountRef ? { inputRef: amountRef } : {})}
          onKeyDown={goOn}
        />
        {removable && (
          <IconButton
            icon={X}
            label={t('removeTender')}
            size="small"
            onPress={() => act({ do: 'remove-tender', id: tender.id })}
            className="mb-3.5"
          />
        )}
      </div>
      {tender.method !== 'cash' && (
        <TextField
          label={t('reference')}
          value={tender.reference}
          onChange={(reference) => change({ reference })}
          maxLength={60}
          onKeyDown={goOn}
          autoComplete="off"
        />
      )}
    </div>
  );
}
