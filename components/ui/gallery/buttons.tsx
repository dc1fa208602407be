'use client';

import { Pencil, Printer, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, IconButton, LinkButton } from '../button';
import { KeyHint } from '../key-hint';
import { Section, Specimen } from './specimen';

const WORK_MS = 1500;

export function Buttons() {
  const t = useTranslations('design.b');
  const [busy, setBusy] = useState(false);
  const work = () => {
    setBusy(true);
    setTimeout(() => setBusy(false), WORK_MS);
  };
  return (
    <Section id="buttons">
      <Specimen name="Button" className="flex flex-wrap items-center gap-3">
        <Button variant="primary">{t('primary')}</Button>
        <Button>{t('secondary')}</Button>
        <Button variant="quiet">{t('quiet')}</Button>
        <Button variant="danger">{t('danger')}</Button>
        <Button variant="primary" pending>
          {t('pending')}
        </Button>
        <Button variant="primary" disabled>
          {t('disabled')}
        </Button>
      </Specimen>
      <Specimen name={`Button disabled · ${t('long')}`} className="flex flex-wrap items-center gap-3">
        <Button disabled>{t('secondary')}</Button>
        <Button variant="quiet" disabled>
          {t('quiet')}
        </Button>
        <Button variant="danger" disabled>
          {t('danger')}
        </Button>
        <Button icon={Printer} pending>
          {t('pending')}
        </Button>
        <div className="w-64">
          <Button variant="primary" icon={Printer}>
            {t('longText')}
          </Button>
        </div>
      </Specimen>
      <Specimen name="Button icon keys size · LinkButton · IconButton" className="flex flex-wrap items-center gap-3">
        <Button icon={Printer} pending={busy} onPress={work}>
          {t('icon')}
        </Button>
        <Button keys={<KeyHint keys="F9" />}>{t('withKey')}</Button>
        <Button size="small" icon={Pencil}>
          {t('small')}
        </Button>
        <LinkButton href="#buttons">{t('link')}</LinkButton>
        <span className="flex">
          <IconButton icon={Printer} label={t('icon')} />
          <IconButton icon={Pencil} label={t('edit')} />
          <IconButton icon={Trash2} label={t('delete')} disabled />
        </span>
        <IconButton icon={Printer} label={t('icon')} variant="secondary" />
        <IconButton icon={Printer} label={t('icon')} variant="secondary" pending />
        <LinkButton href="#buttons" variant="primary" icon={Printer}>
          {t('link')}
        </LinkButton>
        <LinkButton href="#buttons" variant="quiet" size="small" icon={Pencil}>
          {t('link')}
        </LinkButton>
      </Specimen>
    </Section>
  );
}
