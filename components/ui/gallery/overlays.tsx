'use client';

import { Ban, Ellipsis, Printer, Send } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import { StatusBadge } from '../badge';
import { Button, IconButton } from '../button';
import { ConfirmDialog } from '../confirm-dialog';
import { Dialog } from '../dialog';
import { Menu } from '../menu';
import { PanelPlace } from '../panel-place';
import { Popover } from '../popover';
import { Tabs } from '../tabs';
import { TextField } from '../text-field';
import { notify } from '../toast';
import { Tooltip } from '../tooltip';
import { Section, Specimen } from './specimen';

const WORK_MS = 900;

function Dialogs() {
  const t = useTranslations('design.o');
  const [open, setOpen] = useState<'dialog' | 'confirm' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button onPress={() => setOpen('dialog')}>{t('dialog')}</Button>
      <Button variant="danger" onPress={() => setOpen('confirm')}>
        {t('confirm')}
      </Button>
      <Dialog
        open={open === 'dialog'}
        onClose={close}
        title={t('dialogTitle')}
        description={t('dialogText')}
        footer={
          <Button variant="primary" onPress={close}>
            {t('save')}
          </Button>
        }
      >
        <TextField label={t('dialogField')} autoFocus />
      </Dialog>
      <ConfirmDialog
        open={open === 'confirm'}
        onClose={close}
        title={t('confirmTitle')}
        consequence={t('consequence')}
        confirmLabel={t('confirmLabel')}
        reason="required"
        onConfirm={async () => {
          await new Promise((done) => setTimeout(done, WORK_MS));
          notify.good(t('confirmLabel'));
        }}
      />
    </>
  );
}

const PANEL = { data: 4, error: null, refetch: () => {} };

/** A detail beside its page, and what keeps its place while it comes. */
function Panels() {
  const t = useTranslations('design.o');
  const [open, setOpen] = useState<'place' | 'panel' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button onPress={() => setOpen('panel')}>{t('panel')}</Button>
      <Button variant="quiet" onPress={() => setOpen(open === 'place' ? null : 'place')}>
        {t('panelPlace')}
      </Button>
      {open === 'place' && <PanelPlace />}
      {open === 'panel' && (
        <DetailPanel
          query={PANEL}
          loading={t('panel')}
          title={() => t('confirmTitle')}
          subtitle={() => <StatusBadge tone="good">{t('print')}</StatusBadge>}
          page={{ href: '#overlays', label: t('ownPage') }}
          footer={() => <Button variant="primary">{t('save')}</Button>}
          onClose={close}
        >
          {() => t('linesText')}
        </DetailPanel>
      )}
    </>
  );
}

export function Overlays() {
  const t = useTranslations('design.o');
  return (
    <Section id="overlays">
      <Specimen
        name="Dialog · ConfirmDialog · DetailPanel · PanelPlace · Popover · Menu · Tooltip"
        className="flex flex-wrap items-center gap-3"
      >
        <Dialogs />
        <Panels />
        <Popover label={t('popover')} trigger={<Button>{t('popover')}</Button>} className="max-w-72">
          <p className="font-semibold">{t('popoverTitle')}</p>
          <p className="mt-1 text-ink-2">{t('popoverText')}</p>
        </Popover>
        <Menu
          label={t('menu')}
          trigger={<IconButton icon={Ellipsis} label={t('menu')} variant="secondary" />}
          items={[
            { id: 'print', label: t('print'), icon: Printer },
            { id: 'send', label: t('send'), icon: Send, disabled: true },
            null,
            { id: 'cancel', label: t('cancelOrder'), icon: Ban, danger: true },
          ]}
        />
        <Tooltip text={t('tooltipText')}>
          <Button variant="quiet">{t('tooltip')}</Button>
        </Tooltip>
      </Specimen>
      <Specimen name="Tabs">
        <Tabs
          label={t('tabs')}
          tabs={[
            { id: 'lines', label: t('lines'), count: 4, content: t('linesText') },
            { id: 'payments', label: t('payments'), content: t('paymentsText') },
            { id: 'history', label: t('history'), content: t('historyText') },
          ]}
        />
      </Specimen>
    </Section>
  );
}
