'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button';
import { ColumnChooser } from './column-chooser';
import type { ArrangedTable } from './data-table-types';

interface SelectionProps {
  count: number;
  onClear: () => void;
  /** What can be done with what is selected. */
  children?: ReactNode;
}

/** How many rows are selected, with what can be done with them. */
export function SelectionBar({ count, onClear, children }: SelectionProps) {
  const t = useTranslations('ui.table');
  return (
    <div className="flex flex-wrap items-center gap-2" role="status">
      <span className="tabular font-medium">{t('selected', { count })}</span>
      {children}
      <Button size="small" variant="quiet" onPress={onClear}>
        {t('clearSelection')}
      </Button>
    </div>
  );
}

interface TopProps<Row> {
  /** Null where its columns cannot be chosen. */
  arranged: ArrangedTable<Row> | null;
  caption?: ReactNode;
  toolbar?: ReactNode;
  selectedCount: number;
  onClearSelection: () => void;
  bulkActions?: ReactNode;
}

/** The line over a table: what is selected with its actions, or the caption; then export and the column chooser. */
export function DataTableTop<Row>(props: TopProps<Row>) {
  const { arranged, caption, toolbar, selectedCount, onClearSelection, bulkActions } = props;
  if (!arranged && !caption && !toolbar && selectedCount === 0) return null;
  return (
    <div className="mb-2 flex min-h-(--control-h-sm) flex-wrap items-center gap-2">
      {selectedCount > 0 ? (
        <SelectionBar count={selectedCount} onClear={onClearSelection}>
          {bulkActions}
        </SelectionBar>
      ) : (
        <div className="text-ink-2">{caption}</div>
      )}
      <div className="ml-auto flex items-center gap-2">
        {toolbar}
        {arranged && <ColumnChooser table={arranged} />}
      </div>
    </div>
  );
}
