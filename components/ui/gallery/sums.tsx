import { useTranslations } from 'next-intl';
import { BarList, shares } from '../bar-list';
import { Money } from '../money';
import { Sum } from '../sum';
import { Section, Specimen } from './specimen';

const categories = [
  { id: 'bio', minor: 38_200_000n, percent: '45 %' },
  { id: 'imaging', minor: 21_900_000n, percent: '26 %' },
  { id: 'package', minor: 15_400_000n, percent: '18 %' },
  { id: 'blood', minor: 9_000_000n, percent: '11 %' },
] as const;

export function Sums() {
  const t = useTranslations('design.m');
  const lengths = shares(categories.map((category) => category.minor));
  return (
    <Section id="sums">
      <div className="grid gap-6 lg:grid-cols-2">
        <Specimen name="Sum" plain>
          <Sum
            rows={[
              {
                id: 'commission',
                label: t('commission'),
                minor: 10_140_000n,
                note: t('commissionNote'),
                detail: t('detail'),
              },
              { id: 'adjust', label: t('adjust'), minor: -450_000n, note: t('adjustNote') },
              { id: 'tax', label: t('tax'), minor: -969_000n, note: t('taxNote') },
            ]}
            total={{ label: t('payable'), minor: 8_721_000n }}
          />
        </Specimen>
        <Specimen name="BarList">
          <BarList
            label={t('category')}
            items={categories.map((category, index) => ({
              id: category.id,
              label: t(category.id),
              share: lengths[index] ?? 0,
              figure: <Money minor={category.minor} />,
              hint: category.percent,
            }))}
          />
        </Specimen>
      </div>
    </Section>
  );
}
