'use client';

import { Ban, ListTree, Pause, Play, RotateCcw } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ListTable, rowsOf } from '@/components/kit/list/list-table';
import { Button } from '@/components/ui/button';
import { ListDetail } from '@/components/ui/side-panel';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { OPEN_STATES, type Overview, type RunRow } from '@/server/modules/core/operations/schema';
import { useActions } from './actions';
import { RunFilterBar } from './run-filter-bar';
import { isFiltered, RUN_PARAMS, runAddress, runPage } from './run-filters';
import { RunPanel } from './run-panel';
import { type Liveness, useLiveRuns } from './use-live-runs';
import { useFunctionName } from './use-names';
import { useRunColumns } from './use-run-columns';

/** As many as one act takes. */
const MOST_AT_ONCE = 200;

const isOpen = (row: RunRow) => OPEN_STATES.some((state) => state === row.state);

/** The runs, live: filters in the address, selection with bulk acts, the run's detail beside the list. */
export function RunList({ overview }: { overview: Overview }) {
  const t = useTranslations('operations');
  const params = Object.fromEntries(useSearchParams());
  const { get, set } = useUrlFilters();
  const acts = useActions();
  const nameOf = useFunctionName();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { list, liveness, turn } = useLiveRuns(runPage(params));
  const rows = rowsOf(list);
  const columns = useRunColumns(list.dataUpdatedAt);
  const open = get(RUN_PARAMS.run);
  const chosen = rows.filter((row) => selected.has(row.runId));
  const filtered = isFiltered(params);
  return (
    <>
      <RunFilterBar overview={overview} />
      <ListDetail
        list={
          <ListTable
            label={t('runs')}
            columns={columns}
            list={list}
            rowKey={(row) => row.runId}
            rowLabel={(row) => `${nameOf(row.functionId)} ${row.subject?.label ?? row.runId}`}
            onOpen={(row) => set({ [RUN_PARAMS.run]: row.runId })}
            hrefOf={(row) => runAddress(row.runId)}
            openKey={open || null}
            storageKey="runs"
            maxHeight="max-h-[calc(100dvh-14rem)]"
            toolbar={<LiveSwitch liveness={liveness} onTurn={turn} />}
            {...(acts
              ? {
                  selection: { selected: new Set(chosen.map(({ runId }) => runId)), onChange: setSelected },
                  bulkActions: <BulkActions rows={chosen} onDone={() => setSelected(new Set())} />,
                }
              : {})}
            none={{
              icon: ListTree,
              title: filtered ? t('noneFiltered') : t('none'),
              text: filtered ? t('noneFilteredText') : t('noneText'),
            }}
          />
        }
        panel={open ? <RunPanel key={open} runId={open} onClose={() => set({ [RUN_PARAMS.run]: '' })} /> : null}
      />
    </>
  );
}

function BulkActions({ rows, onDone }: { rows: RunRow[]; onDone: () => void }) {
  const t = useTranslations('operations');
  const acts = useActions();
  const some = rows.slice(0, MOST_AT_ONCE);
  const stillOpen = some.filter(isOpen);
  return (
    <>
      <Button
        size="small"
        icon={RotateCcw}
        onPress={() => acts?.ask({ kind: 'replay', selection: { runIds: some.map(({ runId }) => runId) }, onDone })}
      >
        {t('replay.bulk')}
      </Button>
      <Button
        size="small"
        icon={Ban}
        onPress={() =>
          acts?.ask({
            kind: 'cancel',
            runIds: stillOpen.map(({ runId }) => runId),
            ended: some.length - stillOpen.length,
            onDone,
          })
        }
      >
        {t('cancel.bulk')}
      </Button>
    </>
  );
}

/** New runs come in above by themselves; to read in peace one pauses the list. */
function LiveSwitch({ liveness, onTurn }: { liveness: Liveness; onTurn: () => void }) {
  const t = useTranslations('operations.live');
  const live = liveness === 'live';
  return (
    <>
      <span className="text-xs text-ink-3">{t(liveness)}</span>
      <Button size="small" variant="quiet" icon={live ? Pause : Play} onPress={onTurn}>
        {live ? t('pause') : t('go')}
      </Button>
    </>
  );
}
