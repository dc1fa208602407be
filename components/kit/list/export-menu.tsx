'use client';

import { Download, FileSpreadsheet, FileText, Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import type { ListName } from '@/server/domain/lists';
import { type AskedFields, exportAddress } from './export-address';

export type ExportMenuProps = {
  list: ListName;
  asked: AskedFields;
  columns: readonly string[];
  /** Only these rows, where some are selected. */
  only?: readonly string[];
};

/** Opens the page for paper and asks for the printer as soon as it is there. */
function print(address: string): void {
  const page = window.open(address, '_blank');
  page?.addEventListener('load', () => page.print());
}

/** The list as a file or on paper: as it is filtered, sorted and arranged. */
export function ExportMenu({ list, asked, columns, only = [] }: ExportMenuProps) {
  const t = useTranslations('ui.export');
  const address = (format: 'csv' | 'xlsx' | 'html') => exportAddress(list, format, asked, { columns, only });
  return (
    <Menu
      label={t('label')}
      trigger={
        <Button size="small" variant="quiet" icon={Download}>
          {only.length > 0 ? t('selected') : t('label')}
        </Button>
      }
      items={[
        { id: 'xlsx', label: t('xlsx'), icon: FileSpreadsheet, href: address('xlsx'), download: true },
        { id: 'csv', label: t('csv'), icon: FileText, href: address('csv'), download: true },
        null,
        { id: 'print', label: t('print'), icon: Printer, onAction: () => print(address('html')) },
      ]}
    />
  );
}
