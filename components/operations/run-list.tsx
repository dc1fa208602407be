'use client';

import { Ban, ListTree, Pause, Play, RotateCcw } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ListScreen } from '@/components/kit/list/list-screen';
import { Button } from '@/components/ui/button';
import { OPEN_STATES } from '@/server/domain/states';
import type { Overview, RunRow } from '@/server/modules/core/operations/schema';
import { useActions } from './actions';
import { RUN_PARAMS, runAddress, runPage } from './run-filters';
import { RunPanel } from './run-panel';
import { type Liveness, useLiveRuns } from './use-live-runs';
import { useFunctionName } from './use-names';
import { useRunColumns } from './use-run-columns';
import { useRunFilters } from './use-run-filters';

/** As many as one act takes. */
const MOST_AT_ONCE = 200;

const BESIDE = ['function', 'state', 'startedAt'];

const isOpen = (row: RunRow) => OPEN_STATES.some((state) => state === row.state);

/** The runs, live: filters in the address, selection with bulk acts, the run's detail beside the list. */
export function RunList({ overview, tabs }: { overview: Overview; tabs: ReactNode }) {
  const t = useTranslations('operations');
  const acts = useActions();
  const nameOf = useFunctionName();
  const asked = runPage(Object.fromEntries(useSearchParams()));
  const { list, liveness, turn } = useLiveRuns(asked);
  return (
    <ListScreen
      list={list}
      definition={{
        name: 'runs',
        title: t('runs'),
        page: { title: t('title') },
        caption: tabs,
        asked,
        order: '-startedAt',
        columns: useRunColumns(list.dataUpdatedAt),
        beside: BESIDE,
        rowKey: (row) => row.runId,
        rowLabel: (row) => `${nameOf(row.functionId)} ${row.subject?.label ?? row.runId}`,
        hrefOf: (row) => runAddress(row.runId),
        search: {
          param: RUN_PARAMS.search,
          label: t('filters.search'),
          placeholder: t('filters.searchPlaceholder'),
        },
        filters: useRunFilters(overview),
        toolbar: <LiveSwitch liveness={liveness} onTurn={turn} />,
        icon: ListTree,
        none: {
          all: { title: t('none'), text: t('noneText') },
          filtered: { title: t('noneFiltered'), text: t('noneFilteredText') },
        },
        bulk: (rows, clear) => acts && <BulkActions rows={rows} onDone={clear} />,
        openParam: RUN_PARAMS.run,
        panel: (runId, onClose) => <RunPanel key={runId} runId={runId} onClose={onClose} />,
      }}
    />
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
      <span className="text-xs text-ink-3 max-sm:ml-2">{t(liveness)}</span>
      <Button size="small" variant="quiet" icon={live ? Pause : Play} onPress={onTurn}>
        {live ? t('pause') : t('go')}
      </Button>
    </>
  );
}
