import { useFormatter, useTranslations } from 'next-intl';
import { Badge, StatusBadge, TierBadge } from '../badge';
import { DateTime, DayText } from '../date-time';
import { Money } from '../money';
import { AlertIcon, CompassIcon, LinkIcon, LockIcon, PhoneIcon } from '../plain-icon';
import { RelativeTime } from '../relative-time';
import { StatTile, StatTiles } from '../stat-tile';
import { TierIcon } from '../tier-icon';
import { Section, Specimen } from './specimen';

export function Status() {
  const t = useTranslations('design.s');
  const format = useFormatter();
  return (
    <Section id="status">
      <Specimen name="StatTiles · StatTile" plain>
        <StatTiles>
          <StatTile label={t('orders')} value="248" hint={t('ordersHint', { count: 231 })} />
          <StatTile label={t('revenue')} value={<Money minor={84_500_000n} />} />
          <StatTile label={t('late')} value="3" tone="notice" hint={t('lateHint')} href="#status" />
          <StatTile label={t('errors')} value="17" tone="wrong" hint={t('errorsHint')} href="#status" current />
          <StatTile label={t('ready')} value={format.number(1231)} tone="good" />
        </StatTiles>
      </Specimen>
      <div className="grid gap-6 md:grid-cols-2">
        <Specimen name="StatusBadge · TierBadge · Badge" className="flex flex-wrap gap-2">
          <StatusBadge tone="good">{t('paid')}</StatusBadge>
          <StatusBadge tone="notice">{t('late')}</StatusBadge>
          <StatusBadge tone="waiting">{t('waiting')}</StatusBadge>
          <StatusBadge tone="sealed">{t('sealed')}</StatusBadge>
          <StatusBadge tone="wrong">{t('failed')}</StatusBadge>
          <StatusBadge tone="info">{t('new')}</StatusBadge>
          <StatusBadge tone="neutral">{t('draft')}</StatusBadge>
          <TierBadge tier="standard" />
          <TierBadge tier="vip1" />
          <TierBadge tier="svip1" />
          <TierBadge tier="svip2" />
          <Badge>{t('count')}</Badge>
          <span className="w-28">
            <StatusBadge tone="info">{t('long')}</StatusBadge>
          </span>
        </Specimen>
        <Specimen
          name="Money · DateTime · DayText · RelativeTime"
          className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2"
        >
          <Money minor={450_000n} />
          <DateTime value="2026-10-31T17:30:05Z" precision="second" />
          <Money minor={-50_000n} className="text-wrong" />
          <DayText value="2026-11-01" />
          <Money minor={1_250_050n} currency="USD" />
          <span data-clock="" className="block w-64 max-w-full">
            <RelativeTime value="2026-11-05T01:12:00Z" />
          </span>
        </Specimen>
        <Specimen name="TierIcon" className="flex items-end gap-4">
          <TierIcon tier="standard" />
          <TierIcon tier="vip1" />
          <TierIcon tier="svip1" />
          <TierIcon tier="svip2" />
        </Specimen>
        <Specimen name="LockIcon · AlertIcon · LinkIcon · PhoneIcon · CompassIcon" className="flex items-end gap-4">
          {[LockIcon, AlertIcon, LinkIcon, PhoneIcon, CompassIcon].map((Icon) => (
            <Icon key={Icon.name} className="size-5 text-ink-2" />
          ))}
        </Specimen>
      </div>
    </Section>
  );
}
