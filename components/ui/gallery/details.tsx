'use client';

import { useTranslations } from 'next-intl';
import { DetailPage } from '@/components/kit/detail/detail-page';
import { CameBack } from '@/components/kit/draft/came-back';
import { ExportMenu } from '@/components/kit/list/export-menu';
import { StatusBadge } from '../badge';
import { Code } from '../code';
import { DayText } from '../date-time';
import { EmailText } from '../email-text';
import { Fact, Facts } from '../fact';
import { Specimen } from './specimen';

function SampleFacts() {
  const t = useTranslations('design.d');
  return (
    <Facts>
      <Fact label={t('born')}>
        <DayText value="1985-03-14" />
      </Fact>
      <Fact label={t('code')}>
        <Code>P0000232</Code>
      </Fact>
      <Fact label={t('email')}>
        <EmailText address="congtangtonnuhoangthiminhnguyet@benhvien-hoangtrang.example" />
      </Fact>
      <Fact label={t('address')}>{t('longAddress')}</Fact>
    </Facts>
  );
}

const CAME_BACK = new Date('2026-11-05T01:12:00Z');
const nothing = () => {};

/** What a detail is made of, and what lists have beside their rows. */
export function Details() {
  const t = useTranslations('design.d');
  return (
    <>
      <div className="grid gap-6 md:grid-cols-2">
        <Specimen name="Facts · Fact · EmailText">
          <SampleFacts />
        </Specimen>
        <Specimen name="CameBack · ExportMenu" className="flex flex-col items-start gap-4">
          <CameBack kept={{ cameBackFrom: CAME_BACK, isOutdated: false }} onDrop={nothing} />
          <CameBack kept={{ cameBackFrom: CAME_BACK, isOutdated: true }} onDrop={nothing} />
          <span className="flex">
            <ExportMenu list="orders" title={t('back')} asked={{}} columns={[]} />
            <ExportMenu list="orders" title={t('back')} asked={{}} columns={[]} only={['1']} />
          </span>
        </Specimen>
      </div>
      <Specimen name="DetailPage" plain>
        <DetailPage
          title={t('title')}
          status={<StatusBadge tone="good">{t('state')}</StatusBadge>}
          back={{ href: '#lists', label: t('back') }}
        >
          <SampleFacts />
        </DetailPage>
      </Specimen>
    </>
  );
}
