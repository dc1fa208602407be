import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Money } from '@/components/ui/money';

/** What a drawer held more or less than it should have: a shortage is loud and says its word, none is quiet. */
export function CashGap({ gap, currency }: { gap: bigint; currency: string }) {
  const t = useTranslations('till.shifts');
  if (gap === 0n) return <span className="text-ink-3">{t('exact')}</span>;
  if (gap > 0n) return <Money minor={gap} currency={currency} withCurrency={false} signed />;
  return (
    <span className="inline-flex items-center gap-1 rounded-md border border-wrong-line bg-wrong-soft px-1.5 font-semibold text-wrong">
      <CircleAlert role="img" aria-label={t('short')} className="size-3.5 shrink-0" />
      <Money minor={gap} currency={currency} withCurrency={false} />
    </span>
  );
}
