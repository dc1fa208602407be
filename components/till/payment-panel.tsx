'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { Ref } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/checkbox';
import { KeyHint } from '@/components/ui/key-hint';
import { Money } from '@/components/ui/money';
import type { Cart, CartAction } from './cart-state';
import { Tenders } from './tenders';
import type { Payment } from './use-payment';
import type { PricedCart } from './use-priced-cart';

type Props = {
  cart: Cart;
  priced: PricedCart;
  payment: Payment;
  act: (action: CartAction) => void;
  amountRef: Ref<HTMLInputElement>;
  onDiscount: () => void;
};

/** The right column: the total, what is handed over, the change, and the one button that sells. */
export function PaymentPanel({ cart, priced, payment, act, amountRef, onDiscount }: Props) {
  const t = useTranslations('till.pay');
  const { totals, currency } = priced;
  return (
    <section aria-label={t('label')} className="flex h-full min-h-0 flex-col @max-[50rem]/till:contents">
      <div className="min-h-0 flex-1 space-y-(--stack) bg-surface p-3 @max-[50rem]/till:border-t @min-[50rem]/till:overflow-y-auto">
        <dl className="space-y-1">
          <SumRow label={t('list')} minor={totals.list} currency={currency} />
          <div className="flex items-center justify-between">
            <dt>
              <Button
                size="small"
                variant="quiet"
                keys={<KeyHint keys="F4" />}
                onPress={onDiscount}
                disabled={priced.lines.length === 0}
                className="-ml-2"
              >
                {t('discount')}
              </Button>
            </dt>
            <dd className="tabular">
              <Money minor={0n - totals.discount} currency={currency} />
            </dd>
          </div>
        </dl>
        {cart.onAccount ? (
          <Callout tone="info" title={t('accountTitle')}>
            {t('accountText', { name: cart.payer?.name ?? '' })}
          </Callout>
        ) : (
          <Tenders
            tenders={cart.tenders}
            dueBeside={payment.dueBeside}
            currency={currency}
            act={act}
            amountRef={amountRef}
            onEnter={payment.pay}
          />
        )}
      </div>
      <PayFoot cart={cart} priced={priced} payment={payment} act={act} />
    </section>
  );
}

function SumRow({ label, minor, currency }: { label: string; minor: bigint; currency: string }) {
  return (
    <div className="flex items-baseline justify-between">
      <dt className="text-ink-2">{label}</dt>
      <dd className="tabular">
        <Money minor={minor} currency={currency} />
      </dd>
    </div>
  );
}

/** What never scrolls away: the total, the change or what is missing, and the button. */
function PayFoot({ cart, priced, payment, act }: Pick<Props, 'cart' | 'priced' | 'payment' | 'act'>) {
  const t = useTranslations('till.pay');
  const { totals, currency } = priced;
  const { sums } = payment;
  return (
    <div className="sticky bottom-0 z-10 space-y-2 border-t bg-surface p-3">
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-semibold">{t('total')}</span>
        <output aria-live="polite" className="tabular text-xl font-bold" data-testid="total">
          <Money minor={totals.net} currency={currency} />
        </output>
      </p>
      {!cart.onAccount && cart.tenders.some((tender) => tender.method === 'cash') && (
        <CashDue total={totals.net} sums={sums} currency={currency} />
      )}
      {!cart.onAccount && sums.change > 0n && (
        <p
          className={clsx(
            'flex items-baseline justify-between gap-2',
            payment.obstacle === 'change' ? 'text-wrong' : 'text-good',
          )}
        >
          <span className="font-semibold">{t('change')}</span>
          <span className="tabular text-xl font-bold">
            <Money minor={sums.change} currency={currency} />
          </span>
        </p>
      )}
      {!cart.onAccount && sums.over > 0n && (
        <p role="alert" className="text-sm text-wrong">
          {t('over')} <Money minor={sums.over} currency={currency} />
        </p>
      )}
      {!cart.onAccount && sums.due > 0n && priced.lines.length > 0 && (
        <div className="space-y-1">
          <p className="flex items-baseline justify-between gap-2 text-notice">
            <span className="font-medium">{t('due')}</span>
            <span className="tabular font-semibold">
              <Money minor={sums.due} currency={currency} />
            </span>
          </p>
          <Checkbox checked={cart.payLater} onChange={(payLater) => act({ do: 'pay-later', payLater })}>
            {t('payLater')}
          </Checkbox>
        </div>
      )}
      {payment.failure && (
        <Callout tone="wrong" title={t(payment.failure.isUnknown ? 'unknown' : 'failed')} announce>
          {payment.failure.isUnknown ? t('unknownText') : payment.failure.sentence}
        </Callout>
      )}
      <Button
        variant="primary"
        keys={<KeyHint keys="F9" />}
        pending={payment.pending}
        disabled={payment.obstacle !== null}
        onPress={payment.pay}
        className="h-12 w-full text-base"
      >
        {t(cart.onAccount ? 'bill' : priced.lines.length > 0 && totals.net === 0n ? 'record' : 'pay')}
      </Button>
      <p role="status" className="min-h-4 text-center text-xs text-ink-2">
        {payment.retrying ? t('retrying') : payment.obstacle ? t(`obstacles.${payment.obstacle}`) : ''}
      </p>
    </div>
  );
}

/** What is to be paid in cash where notes cannot make the total, and by how much that differs from it. */
export function CashDue({ total, sums, currency }: { total: bigint; sums: Payment['sums']; currency: string }) {
  const t = useTranslations('till.pay');
  if (total === 0n || sums.rounding === 0n) return null;
  return (
    <div className="flex items-baseline justify-between gap-2">
      <span>
        <span className="font-medium">{t('cashDue')}</span>{' '}
        <span className="text-xs text-ink-2">
          {t('roundedBy')} <Money minor={sums.rounding} currency={currency} signed />
        </span>
      </span>
      <output aria-live="polite" className="tabular text-lg font-bold" data-testid="cash-due">
        <Money minor={sums.cashDue} currency={currency} />
      </output>
    </div>
  );
}
