import { clsx } from 'clsx';
import { useLocale } from 'next-intl';
import { amountText, moneyText } from './money-text';

export interface MoneyProps {
  /** Minor units. */
  minor: bigint;
  currency?: string;
  /** Off in columns, whose header names the currency once. */
  withCurrency?: boolean;
  /** Puts "+" before what is above zero, for differences. */
  signed?: boolean;
  className?: string;
}

/** An amount on one line. Tables and lists make its figures tabular; alone it keeps the family's own. */
export function Money({ minor, currency = 'VND', withCurrency = true, signed, className }: MoneyProps) {
  const locale = useLocale();
  const text = withCurrency ? moneyText(minor, currency, locale) : amountText(minor, currency, locale);
  return (
    <span className={clsx('whitespace-nowrap', className)}>
      {signed && minor > 0n ? '+' : ''}
      {text}
    </span>
  );
}
