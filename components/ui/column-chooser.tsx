'use client';

import { Columns3 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from './button';
import type { ArrangedTable } from './data-table-types';
import { later } from './later';
import { Popover } from './popover';

const ColumnList = later(() => import('./column-list').then((module) => module.ColumnList));

/** Nothing moves when the list comes. */
const listPlace = <div className="h-72" />;

/** Which columns stand in a table, in which order and how wide. */
export function ColumnChooser<Row>({ table }: { table: ArrangedTable<Row> }) {
  const t = useTranslations('ui.table');
  return (
    <Popover
      label={t('chooseColumns')}
      placement="bottom end"
      trigger={
        <Button size="small" variant="quiet" icon={Columns3} className="max-sm:hidden">
          {t('columns')}
        </Button>
      }
      preload={ColumnList.preload}
      className="flex max-h-[70dvh] min-w-80 flex-col gap-1 overflow-auto"
    >
      <ColumnList table={table} fallback={listPlace} />
    </Popover>
  );
}
