'use client';

import { ChevronDown, CirclePause, CirclePlay } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import type { Column } from '@/components/ui/data-table-types';

import type { FunctionRow } from '@/server/modules/core/operations/schema';
import { useActions } from './actions';
import { isQuiet, useFunctionColumns } from './use-function-columns';
import { useFunctionName } from './use-names';

type Props = {
  functions: readonly FunctionRow[];
  /** When these figures came, in milliseconds: the oldest has waited until then. */
  seenAt: number;
};

/** Every background function with its queue, its pace, and the way to stop and start it. Those with nothing to do are folded. */
export function FunctionTable({ functions, seenAt }: Props) {
  const t = useTranslations('operations');
  const nameOf = useFunctionName();
  const columns = useFunctionColumns(seenAt);
  const act = useActionColumn();

  const [all, setAll] = useState(false);
  const folded = !all;
  const shown = folded ? functions.filter((row) => !isQuiet(row)) : functions;
  return (
    <>
      {shown.length > 0 && (
        <DataTable
          label={t('functions')}
          rows={shown}
          rowKey={(row) => row.functionId}
          rowLabel={(row) => nameOf(row.functionId)}
          maxHeight="max-h-none"
          columns={act ? [...columns, act] : columns}
        />
      )}
      {folded && shown.length < functions.length && (
        <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
          <p className="text-ink-2">{t('quietFunctions', { count: functions.length - shown.length })}</p>
          <Button size="small" variant="quiet" icon={ChevronDown} onPress={() => setAll(true)}>
            {t('showAll')}
          </Button>
        </div>
      )}
    </>
  );
}

function useActionColumn(): Column<FunctionRow> | null {
  const t = useTranslations('operations.functionColumns');
  const acts = useActions();
  if (!acts) return null;
  return {
    id: 'act',
    header: t('act'),
    width: 140,
    align: 'end',
    cell: (row) => <PauseButton row={row} onPress={(kind) => acts.ask({ kind, row })} />,
  };
}

function PauseButton({ row, onPress }: { row: FunctionRow; onPress: (kind: 'pause' | 'resume') => void }) {
  const t = useTranslations('operations');
  const name = useFunctionName()(row.functionId);
  const kind = row.paused ? 'resume' : 'pause';
  return (
    <Button
      size="small"
      variant={row.paused ? 'secondary' : 'quiet'}
      icon={row.paused ? CirclePlay : CirclePause}
      aria-label={t(`${kind}.actionFor`, { function: name })}
      onPress={() => onPress(kind)}
    >
      {t(`${kind}.action`)}
    </Button>
  );
}

/** All functions in one line: how much runs, waits and is done. */
export function FunctionsSum({ functions }: { functions: readonly FunctionRow[] }) {
  const t = useTranslations('operations');
  const sum = (of: (row: FunctionRow) => number) => functions.reduce((all, row) => all + of(row), 0);
  const shown = functions.some((row) => row.queued !== null);
  return t('functionsSum', {
    running: sum((row) => row.running + row.retrying),
    queued: t(shown ? 'queuedSum' : 'queuedUnreported', { count: sum((row) => row.queued ?? 0) }),
    completed: sum((row) => row.completedLastHour),
  });
}
