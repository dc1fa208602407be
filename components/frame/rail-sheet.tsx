'use client';

import { Menu as MenuIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { later } from '@/components/ui/later';

const RailDrawer = later(() => import('./rail-drawer').then((module) => module.RailDrawer));

/** The rail on a phone, behind a button. */
export function RailSheet({ permittedPlaces }: { permittedPlaces: readonly string[] }) {
  const t = useTranslations('frame.rail');
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton icon={MenuIcon} label={t('open')} onPress={() => setOpen(true)} className="lg:hidden" />
      <RailDrawer wanted={open} open={open} onOpenChange={setOpen} permittedPlaces={permittedPlaces} />
    </>
  );
}
