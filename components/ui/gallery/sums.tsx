import { useLocale, useTranslations } from 'next-intl';
import { currencySign } from '../money-text';
import { shares } from '../shares';
import { Sum, SumLines } from '../sum';
import { Section, Specimen } from './specimen';

const categories = [
  { id: 'bio', minor: 38_200_000n, count: 211 },
  { id: 'imaging', minor: 21_900_000n, count: 74 },
  { id: 'package', minor: 15_400_000n, count: 11 },
  { id: 'blood', minor: 9_011_111n, count: 101 },
] as const;
const BASE = 84_511_111n;

export function Sums() {
  const t = useTranslations('design.m');
  const locale = useLocale();
  const lengths = shares(categories.map((category) => category.minor));
  const heads = { count: t('services'), amount: t('amount', { currency: currencySign('VND', locale) }) };
  const lines = categories.map(({ id, minor, count }, at) => ({
    id,
    label: t(id),
    minor,
    count,
    share: lengths[at] ?? 0,
  }));
  return (
    <Section id="sums">
      <div className="grid gap-6 lg:grid-cols-2">
        <Specimen name="Sum" plain>
          <Sum
            rows={[
              {
                id: 'base',
                label: t('base'),
                minor: BASE,
                count: 397,
                note: t('orders'),
                basis: true,
                detail: <SumLines label={t('category')} lines={lines} currency="VND" />,
              },
              { id: 'commission', label: t('commission'), minor: 10_141_333n },
              { id: 'adjust', label: t('adjust'), minor: -450_000n, note: t('adjustNote') },
              { id: 'tax', label: t('tax'), minor: -969_133n, note: t('taxNote') },
            ]}
            heads={heads}
            total={{ label: t('payable'), minor: 8_722_200n, main: true }}
          />
        </Specimen>
        <Specimen name="SumLines" className="@container/sum">
          <SumLines label={t('category')} lines={lines} currency="VND" />
        </Specimen>
        <Specimen name={`Sum · ${t('narrow')}`} plain className="w-64">
          <Sum
            rows={[
              { id: 'base', label: t('base'), minor: BASE, count: 397, basis: true },
              { id: 'commission', label: t('commission'), minor: 10_141_333n },
              { id: 'tax', label: t('tax'), minor: -969_133n, note: t('taxNote') },
            ]}
            heads={heads}
            total={{ label: t('payable'), minor: 9_172_200n, note: t('taxNote') }}
          />
        </Specimen>
      </div>
    </Section>
  );
}
