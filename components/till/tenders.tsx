'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Ref } from 'react';
import { Button } from '@/components/ui/button';
import { Money } from '@/components/ui/money';
import { quickCash } from '@/server/modules/sales/orders/rules';
import type { TenderAction, TenderDraft } from './cart-state';
import { TenderRow } from './tender-row';

type Props = {
  tenders: readonly TenderDraft[];
  /** What the tenders beside this one leave to pay. */
  dueBeside: (tenderId: string) => bigint;
  currency: string;
  act: (action: TenderAction) => void;
  amountRef: Ref<HTMLInputElement>;
  onEnter: () => void;
};

/** The ways of paying, with the sums of cash that people hand over, and room for another way. */
export function Tenders({ tenders, dueBeside, currency, act, amountRef, onEnter }: Props) {
  const t = useTranslations('till.pay');
  const cash = tenders.find((tender) => tender.method === 'cash');
  const dueInCash = dueBeside(cash?.id ?? '');
  return (
    <div className="space-y-3">
      {tenders.map((tender, index) => (
        <TenderRow
          key={tender.id}
          tender={tender}
          due={dueBeside(tender.id)}
          currency={currency}
          act={act}
          removable={tenders.length > 1}
          amountRef={index === tenders.length - 1 ? amountRef : undefined}
          onEnter={onEnter}
        />
      ))}
      {cash && dueInCash > 0n && (
        <fieldset className="grid grid-cols-2 gap-1.5">
          <legend className="sr-only">{t('quick')}</legend>
          {quickCash(dueInCash, currency).map((amount) => (
            <Button
              key={amount.toString()}
              onPress={() => act({ do: 'tender', id: cash.id, change: { given: amount, refused: false } })}
            >
              <span className="tabular">
                <Money minor={amount} currency={currency} withCurrency={false} />
              </span>
            </Button>
          ))}
        </fieldset>
      )}
      <Button
        size="small"
        variant="quiet"
        icon={Plus}
        disabled={tenders.length >= 6}
        onPress={() => act({ do: 'add-tender', id: crypto.randomUUID(), method: cash ? 'card' : 'cash' })}
      >
        {t('split')}
      </Button>
    </div>
  );
}
