'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { later } from '@/components/ui/later';

const NumberDialog = later(() => import('./number-dialog').then((module) => module.NumberDialog));
const GiveBackDialog = later(() => import('./give-back-dialog').then((module) => module.GiveBackDialog));

/** Finds an order of any branch by the number on its receipt, typed or scanned, and gives back of it. */
export function GiveBackByNumber() {
  const t = useTranslations('giving-back.byNumber');
  const [asking, setAsking] = useState(false);
  const [number, setNumber] = useState<string | null>(null);
  return (
    <>
      <Button onPress={() => setAsking(true)}>{t('open')}</Button>
      {asking && (
        <NumberDialog
          onClose={() => setAsking(false)}
          onNumber={(given) => {
            setAsking(false);
            setNumber(given);
          }}
        />
      )}
      {number && <GiveBackDialog asked={{ number }} kind="refund" onClose={() => setNumber(null)} />}
    </>
  );
}
