'use client';

import { ArrowDown, ArrowUp, Minus, Plus, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, IconButton } from './button';
import { Checkbox } from './checkbox';
import type { ArrangedTable, Column } from './data-table-types';
import { isShown, withMoved, withShown, withWidthStep } from './table-layout';

/** All columns of a table in their order: which are shown, how wide, moved by buttons. */
export function ColumnList({ table }: { table: ArrangedTable<never> }) {
  const t = useTranslations('ui.table');
  return (
    <>
      <ul className="flex flex-col">
        {table.all.map((column, at) => (
          <ChooserRow key={column.id} table={table} column={column} at={at} />
        ))}
      </ul>
      <Button size="small" variant="quiet" icon={RotateCcw} onPress={() => table.setLayout({})} className="self-start">
        {t('resetColumns')}
      </Button>
    </>
  );
}

function ChooserRow({ table, column, at }: { table: ArrangedTable<never>; column: Column<never>; at: number }) {
  const t = useTranslations('ui.table');
  const { all, layout, setLayout } = table;
  const name = { column: column.header };
  const move = (by: number) => setLayout((before) => withMoved(before, all, column.id, by));
  const widen = (steps: number) => setLayout((before) => withWidthStep(before, column, steps));
  return (
    <li className="flex items-center gap-1">
      <Checkbox
        checked={isShown(column, at, layout)}
        disabled={at === 0 || column.fixed}
        onChange={(shown) => setLayout((before) => withShown(before, column.id, shown))}
        className="min-w-0 flex-1"
      >
        {column.header}
      </Checkbox>
      <IconButton size="small" icon={Minus} label={t('narrower', name)} onPress={() => widen(-1)} />
      <IconButton size="small" icon={Plus} label={t('wider', name)} onPress={() => widen(1)} />
      <IconButton size="small" icon={ArrowUp} label={t('moveUp', name)} disabled={at < 2} onPress={() => move(-1)} />
      <IconButton
        size="small"
        icon={ArrowDown}
        label={t('moveDown', name)}
        disabled={at === 0 || at === all.length - 1}
        onPress={() => move(1)}
      />
    </li>
  );
}
