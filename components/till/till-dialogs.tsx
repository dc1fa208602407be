'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { KeyHint } from '@/components/ui/key-hint';

const KEYS = ['F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9', 'F10', '↑ ↓', 'Delete', 'Enter', '?'] as const;

/** All keys of the till in one place. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('till.keys');
  const tDialog = useTranslations('ui.dialog');
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="small"
      title={t('title')}
      description={t('text')}
      footer={
        <Button variant="primary" onPress={onClose} autoFocus>
          {tDialog('close')}
        </Button>
      }
    >
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {KEYS.map((keys) => (
          <div key={keys} className="contents">
            <dt>
              <KeyHint keys={keys} />
            </dt>
            <dd>{t(`list.${keys === '↑ ↓' ? 'arrows' : keys === '?' ? 'help' : keys}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
