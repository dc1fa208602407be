'use client';

import { useTranslations } from 'next-intl';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { WaitingSale } from './use-held-sales';

type Props = { sale: WaitingSale | null; onClose: () => void; onDrop: (sale: WaitingSale) => Promise<void> };

/** A held sale is dropped on purpose alone: it was not sold, and does not come back. */
export function DropHeldDialog({ sale, onClose, onDrop }: Props) {
  const t = useTranslations('till.held');
  return (
    <ConfirmDialog
      open={sale !== null}
      onClose={onClose}
      title={t('dropTitle', { name: sale?.name ?? '' })}
      consequence={t('dropText')}
      confirmLabel={t('dropConfirm')}
      tone="danger"
      onConfirm={() => sale && onDrop(sale)}
    />
  );
}
