'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, LinkButton } from '@/components/ui/button';
import { DOCTORS } from '@/components/ui/gallery/samples';
import { Tables } from '@/components/ui/gallery/tables';
import { notify } from '@/components/ui/toast';
import { matching } from '@/server/domain/search-words';
import { Frame } from '../frame';
import { PageHeader } from '../page-header';
import type { PaletteResult } from '../palette-items';
import { PLACES } from '../places';

const SLOW_MS = 250;

async function searchSamples(query: string): Promise<PaletteResult[]> {
  await new Promise((done) => setTimeout(done, SLOW_MS));
  return matching(DOCTORS, ({ name }) => name, query).map((doctor) => ({
    kind: 'doctors',
    id: doctor.code,
    title: doctor.name,
    detail: `${doctor.code} · ${doctor.place}`,
    acts: [
      { act: 'open', href: '/design/frame' },
      { act: 'statement', href: '/design/frame' },
      { act: 'sendLink', href: '/design/frame' },
    ],
  }));
}

export function FrameSpecimen({ railCollapsed }: { railCollapsed: boolean }) {
  const t = useTranslations('design.frame');
  return (
    <Frame
      user={{ name: 'Lê Thị Minh Châu', email: 'chau.le@sapoche.example', role: t('role') }}
      branch={{ code: 'Q3', name: 'Chi nhánh Quận 3' }}
      shift={{ till: 'Q3-2', openedAt: '2026-11-05T00:02:00Z' }}
      permittedPlaces={PLACES.map((place) => place.href)}
      railCollapsed={railCollapsed}
      search={searchSamples}
      actions={[
        { id: 'new-order', label: t('action'), icon: Plus, keys: 'N', onAction: () => notify.info(t('action')) },
      ]}
      pending={[
        { kind: 'shifts-to-accept', address: '/design/frame', count: 2, since: new Date('2026-11-05T00:02:00Z') },
        {
          kind: 'statements-to-approve',
          address: '/design/frame?2026-10',
          count: 41,
          since: new Date('2026-11-01T00:00:00Z'),
        },
      ]}
      onSignOut={() => notify.info(t('back'))}
    >
      <PageHeader
        title={t('title')}
        description={t('text')}
        secondary={<LinkButton href="/design">{t('back')}</LinkButton>}
        action={
          <Button variant="primary" icon={Plus}>
            {t('action')}
          </Button>
        }
      />
      <Tables />
    </Frame>
  );
}
