'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { ChartFrame } from '../charts/chart-frame';
import { ColumnChart } from '../charts/column-chart';
import { LineChart } from '../charts/line-chart';
import { ShareBar } from '../charts/share-bar';
import { Sparkline } from '../charts/sparkline';
import { moneyText } from '../money-text';
import { MINUTES, MONTHS, PARTS } from './chart-samples';
import { Section, Specimen } from './specimen';

export function Charts() {
  const t = useTranslations('design.ch');
  const locale = useLocale();
  const { number } = useFormatter();
  const months = MONTHS.map(({ month, amount }) => ({
    id: month,
    label: locale === 'vi' ? month : month.replace('/', '-'),
    value: Number(amount),
    text: moneyText(amount, 'VND', locale),
  }));
  const minutes = MINUTES.map((value, at) => ({
    id: String(at),
    label: t('minute', { minute: at + 1 }),
    value,
    text: t('events', { count: value }),
  }));
  const parts = PARTS.map(({ id, amount }) => ({
    id,
    label: t(id),
    value: Number(amount),
    text: moneyText(amount, 'VND', locale),
  }));
  return (
    <Section id="charts">
      <div className="grid gap-6 md:grid-cols-2">
        <Specimen name="ColumnChart" className="flex flex-col gap-4">
          <ColumnChart label={t('months')} points={months} hrefOf={() => '#charts'} current="10/2026" />
          <ColumnChart label={t('months')} points={months.slice(-3)} height={80} />
        </Specimen>
        <Specimen name="ShareBar" className="flex flex-col gap-6">
          <ShareBar label={t('parts')} points={parts} />
          <ShareBar label={t('parts')} points={parts.slice(0, 1)} />
        </Specimen>
        <Specimen name="ChartFrame · LineChart">
          <ChartFrame label={t('course')} points={minutes}>
            <LineChart label={t('course')} points={minutes} tickText={(value) => number(value)} />
          </ChartFrame>
        </Specimen>
        <Specimen name="Sparkline" className="flex flex-wrap items-center gap-6">
          <Sparkline label={t('course')} points={minutes} />
          <Sparkline label={t('course')} points={minutes.map((point) => ({ ...point, value: 0 }))} />
          <Sparkline label={t('course')} points={minutes.slice(0, 2)} />
        </Specimen>
      </div>
    </Section>
  );
}
