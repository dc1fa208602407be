'use client';

import { Wifi, WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { KeyBar } from '@/components/ui/key-bar';
import { Money } from '@/components/ui/money';
import type { CurrentShift } from '@/server/modules/sales/till/schema';
import type { TillCommand } from './keyboard';

function subscribe(onChange: () => void) {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}

const useOnline = () =>
  useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );

type Props = {
  shift: CurrentShift;
  commands: Record<TillCommand, () => void>;
  held: number;
  sold: boolean;
  busy: boolean;
  /** A sale is being taken: nothing else is done meanwhile. */
  pending: boolean;
  onClose: () => void;
};

/** The line at the foot: the keys that work now, and how the till stands. */
export function TillFoot({ shift, commands, held, sold, busy, pending, onClose }: Props) {
  const t = useTranslations('till.foot');
  const online = useOnline();
  const keys = [
    { keys: 'F2', label: t('patient'), onPress: commands.patient, disabled: sold },
    { keys: 'F3', label: t('service'), onPress: commands.service, disabled: sold },
    { keys: 'F4', label: t('discount'), onPress: commands.discount, disabled: sold || !busy },
    { keys: 'F6', label: t('hold'), onPress: commands.hold, disabled: sold },
    { keys: 'F7', label: t('balance'), onPress: commands.balance, disabled: false },
    {
      keys: 'F8',
      label: held > 0 ? t('recallSome', { count: held }) : t('recall'),
      onPress: commands.recall,
      disabled: false,
    },
    { keys: 'F9', label: sold ? t('next') : t('pay'), onPress: commands.pay, disabled: !sold && !busy },
    { keys: 'F10', label: t('receipt'), onPress: commands.receipt, disabled: !sold },
    { keys: '?', label: t('keys'), onPress: commands.keys, disabled: false },
  ];
  return (
    <KeyBar keys={keys.map((one) => ({ ...one, disabled: pending || one.disabled === true }))}>
      <span>
        {t('shift', { till: shift.tillCode, count: shift.orders })}
        {' · '}
        {shift.expectedCash === null ? (
          t('blind')
        ) : (
          <>
            {t('cash')} <Money minor={shift.expectedCash} currency={shift.currency} />
          </>
        )}
      </span>
      <span
        role="status"
        className={online ? 'flex items-center gap-1' : 'flex items-center gap-1 font-medium text-wrong'}
      >
        {online ? (
          <Wifi aria-hidden="true" className="size-3.5" />
        ) : (
          <WifiOff aria-hidden="true" className="size-3.5" />
        )}
        {online ? t('online') : t('offline')}
      </span>
      <Button variant="secondary" size="small" onPress={onClose} disabled={pending}>
        {t('close')}
      </Button>
    </KeyBar>
  );
}
