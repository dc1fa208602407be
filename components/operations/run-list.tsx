'use client';

import { Ban, ListTree, Pause, Play, RotateCcw } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
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
  const sentenceOf = useErrorSentence();
  const acts = useActions();
  const nameOf = useFunctionName();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { list, liveness, turn } = useLiveRuns(runPage(params));
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const columns = useRunColumns(list.dataUpdatedAt);
  const open = get(RUN_PARAMS.run);
  const chosen = rows.filter((row) => selected.has(row.runId));
  const filtered = isFiltered(params);
  return (
    <>
      <RunFilterBar overview={overview} />
      <ListDetail
        list={
          <DataTable
            label={t('runs')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.runId}
            rowLabel={(row) => `${nameOf(row.functionId)} ${row.subject?.label ?? row.runId}`}
            loading={list.isPending}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onEndReached={() => void list.fetchNextPage()}
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
            empty={
              <EmptyState icon={ListTree} title={filtered ? t('noneFiltered') : t('none')}>
                {filtered ? t('noneFilteredText') : t('noneText')}
              </EmptyState>
            }
            error={
              list.error && rows.length === 0 ? (
                <ErrorState message={sentenceOf(list.error).sentence} onRetry={() => void list.refetch()} />
              ) : undefined
            }
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

/** New runs come in above by themselves; who wants to read in peace holds the list. */
function LiveSwitch({ liveness, onTurn }: { liveness: Liveness; onTurn: () => void }) {
  const t = useTranslations('operations.live');
  const live = liveness === 'live';
  return (
    <>
      <span className="text-xs text-ink-3">{t(liveness)}</span>
      <Button size="small" variant="quiet" icon={live ? Pause : Play} onPress={onTurn}>
        {live ? t('hold') : t('go')}
      </Button>
    </>
  );
}
