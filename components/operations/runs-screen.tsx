'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/api/trpc';
import { ActionsProvider } from './actions';
import { OperationsTabs } from './operations-tabs';
import { RunList } from './run-list';

const REFRESH_MS = 30_000;

type Props = { mayAct: boolean; showsMessages: boolean };

/** Every run, as a page of operations; its filters know the functions and the causes that there are. */
export function RunsScreen({ mayAct, showsMessages }: Props) {
  const { data: overview } = useSuspenseQuery(
    useTRPC().operations.overview.queryOptions(undefined, { refetchInterval: REFRESH_MS }),
  );
  return (
    <ActionsProvider mayAct={mayAct}>
      <RunList overview={overview} tabs={<OperationsTabs current="runs" showsMessages={showsMessages} />} />
    </ActionsProvider>
  );
}
