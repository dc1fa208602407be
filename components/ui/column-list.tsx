'use client';

import { ArrowDown, ArrowUp, Minus, Plus, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DENSITIES } from '@/server/domain/lists';
import { Button, IconButton } from './button';
import { Checkbox } from './checkbox';
import type { ArrangedTable, Column } from './data-table-types';
import { SegmentedControl } from './radio-group';
import { isShown, withMoved, withShown, withWidthStep } from './table-layout';

/** How a table stands: how close its rows, and all its columns in their order: which are shown, how wide, moved by buttons. */
export function ColumnList({ table }: { table: ArrangedTable<never> }) {
  const t = useTranslations('ui.table');
  const { density = 'regular' } = table.layout;
  return (
    <>
      <SegmentedControl
        label={t('density')}
        hideLabel={false}
        size="small"
        options={DENSITIES.map((value) => ({ value, label: t(`densities.${value}`) }))}
        value={density}
        onChange={(chosen) => table.setLayout((before) => ({ ...before, density: chosen }))}
        className="mb-2"
      />
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
