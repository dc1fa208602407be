'use client';

import { CirclePause, CirclePlay } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import type { FunctionRow } from '@/server/modules/operations/schema';
import { useActs } from './acts';
import { useFunctionColumns } from './use-function-columns';
import { useFunctionName } from './use-names';

type Props = {
  functions: readonly FunctionRow[];
  /** When these figures came, in milliseconds: the oldest has waited until then. */
  seenAt: number;
};

/** Every background function with its queue, its pace, and the way to stop and start it. */
export function FunctionTable({ functions, seenAt }: Props) {
  const t = useTranslations('operations');
  const acts = useActs();
  const nameOf = useFunctionName();
  const columns = useFunctionColumns(seenAt);
  return (
    <DataTable
      label={t('functions')}
      rows={functions}
      rowKey={(row) => row.functionId}
      rowLabel={(row) => nameOf(row.functionId)}
      maxHeight="max-h-none"
      columns={
        acts
          ? [
              ...columns,
              {
                id: 'act',
                header: t('functionColumns.act'),
                width: 136,
                align: 'end',
                cell: (row) => <PauseButton row={row} onPress={(kind) => acts.ask({ kind, row })} />,
              },
            ]
          : columns
      }
    />
  );
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
  const format = useFormatter();
  const sum = (of: (row: FunctionRow) => number) => functions.reduce((all, row) => all + of(row), 0);
  const told = functions.some((row) => row.queued !== null);
  return t('functionsSum', {
    running: sum((row) => row.running + row.retrying),
    queued: told ? format.number(sum((row) => row.queued ?? 0)) : t('notTold'),
    completed: sum((row) => row.completedLastHour),
  });
}
