'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { LeftOut, useLeftOut } from './left-out';

/** That something of the file is not read, where the sheet wants the room; what it is stands behind the press, and before the writing. */
export function LeftOutButton({ upload: { header, mapping } }: { upload: UploadDetail }) {
  const t = useTranslations('uploads.leftOut');
  const { unread, hidden } = useLeftOut(header, mapping);
  const count = unread.length + hidden.length;
  if (count === 0) return null;
  return (
    <Popover
      label={t('title')}
      placement="bottom end"
      trigger={
        <Button icon={TriangleAlert} className="border-notice-line bg-notice-soft text-notice">
          {t('count', { count })}
        </Button>
      }
      className="flex max-w-xl flex-col gap-2"
    >
      <LeftOut header={header} mapping={mapping} />
    </Popover>
  );
}
