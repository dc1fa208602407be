'use client';

import { PauseCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { DateTime } from '@/components/ui/date-time';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { KeyHint } from '@/components/ui/key-hint';
import type { HeldSale } from './held-sales';

type HeldProps = { open: boolean; sales: readonly HeldSale[]; onClose: () => void; onRecall: (sale: HeldSale) => void };

/** Sales that wait in this browser: the latest first, each comes back by one press. */
export function HeldDialog({ open, sales, onClose, onRecall }: HeldProps) {
  const t = useTranslations('till.held');
  return (
    <Dialog open={open} onClose={onClose} title={t('title')} description={t('text')}>
      {sales.length === 0 ? (
        <EmptyState icon={PauseCircle} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {sales.map((sale, at) => (
            <li key={sale.cart.clientKey}>
              <button
                type="button"
                {...{ autoFocus: at === 0 }}
                onClick={() => onRecall(sale)}
                className="flex w-full items-baseline gap-3 rounded-md px-2 py-2.5 text-left hover:bg-hover"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{sale.cart.patient?.fullName ?? t('nobody')}</span>
                  <span className="block truncate text-xs text-ink-3">
                    {sale.cart.lines.map((line) => line.code).join(', ')}
                  </span>
                </span>
                <span className="shrink-0 text-xs text-ink-2">
                  <DateTime value={sale.heldAt} timeOnly />
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

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
