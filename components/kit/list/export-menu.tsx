'use client';

import { Download, FileSpreadsheet, FileText, Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useLongAct } from '@/components/kit/long-act/use-long-act';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { notify } from '@/components/ui/toast';
import type { ListName } from '@/server/domain/lists';
import { type AskedFields, exportAddress } from './export-address';
import { keepFile } from './keep-file';

export type ExportMenuProps = {
  list: ListName;
  /** What the list is called. */
  title: string;
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

/** The list as a file, which may take long, or on paper: as it is filtered, sorted and arranged. */
export function ExportMenu({ list, title, asked, columns, only = [] }: ExportMenuProps) {
  const t = useTranslations('ui.export');
  const begin = useLongAct();
  const address = (format: 'csv' | 'xlsx' | 'html') => exportAddress(list, format, asked, { columns, only });
  const take = (format: 'csv' | 'xlsx') => {
    begin({
      key: `export.${list}`,
      label: t('underWay', { title }),
      total: null,
      run: (count) => keepFile(address(format), `${list}.${format}`, count),
      fromHere: true,
      onDone: () => {},
    }).catch(({ message }: Error) => notify.wrong(t('failed'), { description: message }));
  };
  return (
    <Menu
      label={t('label')}
      trigger={
        <Button size="small" variant="quiet" icon={Download}>
          {only.length > 0 ? t('selected') : t('label')}
        </Button>
      }
      items={[
        { id: 'xlsx', label: t('xlsx'), icon: FileSpreadsheet, onAction: () => take('xlsx') },
        { id: 'csv', label: t('csv'), icon: FileText, onAction: () => take('csv') },
        null,
        { id: 'print', label: t('print'), icon: Printer, onAction: () => print(address('html')) },
      ]}
    />
  );
}
