import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { moneyText } from '@/components/ui/money-text';
import { notify } from '@/components/ui/toast';

/**
 * Notifies that the same sale, by its `cart`, comes to another total than it did: nobody takes another sum than stood there before, unknowingly.
 * `total` is the server's, in minor units; null while it is not known.
 */
export function useSaidPriceChange(cart: string, total: bigint | null, currency: string): void {
  const t = useTranslations('till.pay');
  const locale = useLocale();
  const shown = useRef<{ cart: string; total: bigint } | null>(null);
  useEffect(() => {
    if (total === null) return;
    const before = shown.current;
    shown.current = { cart, total };
    if (before?.cart === cart && before.total !== total)
      notify.notice(t('priceChanged', { total: moneyText(total, currency, locale) }), { id: 'price-changed' });
  }, [cart, total, currency, locale, t]);
}
