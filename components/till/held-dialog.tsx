'use client';

import { clsx } from 'clsx';
import { CloudOff, PauseCircle, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { KeyboardEvent } from 'react';
import { IconButton } from '@/components/ui/button';
import { DateTime } from '@/components/ui/date-time';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Money } from '@/components/ui/money';
import type { WaitingSale } from './use-held-sales';

type Acts = { onRecall: (sale: WaitingSale) => void; onDrop: (sale: WaitingSale) => void };
type Props = Acts & { open: boolean; sales: readonly WaitingSale[]; onClose: () => void };

/** Up and down move along the sales. */
function moveAlong(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-held]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

/** Sales that wait at the branch: the latest first, Enter takes one up. What another till has stands here with who has it. */
export function HeldDialog({ open, sales, onClose, ...acts }: Props) {
  const t = useTranslations('till.held');
  const isFree = (sale: WaitingSale) => sale.where === 'here' || sale.takenBy === null || sale.takenBy.self;
  const first = sales.find(isFree);
  return (
    <Dialog open={open} onClose={onClose} title={t('title')} description={t('text')}>
      {sales.length === 0 ? (
        <EmptyState icon={PauseCircle} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <section aria-label={t('title')} onKeyDown={moveAlong} className="pt-1">
          <ul className="divide-y divide-line">
            {sales.map((sale) => (
              <li key={sale.id} className="flex items-center gap-1">
                <HeldRow sale={sale} isFirst={sale === first} {...acts} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}

function HeldRow({ sale, isFirst, onRecall, onDrop }: Acts & { sale: WaitingSale; isFirst: boolean }) {
  const t = useTranslations('till.held');
  const other = sale.where === 'branch' && sale.takenBy && !sale.takenBy.self ? sale.takenBy : null;
  return (
    <>
      <button
        type="button"
        data-held
        {...{ autoFocus: isFirst }}
        onClick={() => onRecall(sale)}
        onKeyDown={(event) => event.key === 'Delete' && onDrop(sale)}
        className={clsx(
          'flex min-w-0 flex-1 items-baseline gap-3 rounded-md px-2 py-2.5 text-left hover:bg-hover',
          other && 'opacity-60',
        )}
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{sale.name}</span>
          <span className="block truncate text-xs text-ink-2">
            {[sale.patientName ?? t('nobody'), ...sale.codes].join(' · ')}
          </span>
          <span className="block text-xs text-ink-3">
            {other && t('atTill', { till: other.till, name: other.name })}
            {!other && sale.where === 'branch' && t('by', { name: sale.heldByName, till: sale.tillCode ?? 'none' })}
            {sale.where === 'here' && (
              <span className="inline-flex items-center gap-1 text-notice">
                <CloudOff aria-hidden="true" className="size-3.5" />
                {t('onlyHere')}
              </span>
            )}
          </span>
        </span>
        <span className="tabular shrink-0 text-right">
          {sale.where === 'branch' && sale.total !== null && (
            <span className="block font-medium">
              <Money minor={sale.total} currency={sale.currency ?? 'VND'} />
            </span>
          )}
          <span className="text-xs text-ink-2">
            <DateTime value={sale.heldAt} timeOnly />
          </span>
        </span>
      </button>
      {!other && (
        <IconButton icon={Trash2} size="small" label={t('drop', { name: sale.name })} onPress={() => onDrop(sale)} />
      )}
    </>
  );
}
