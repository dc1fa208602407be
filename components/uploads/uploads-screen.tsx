'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { ListScreen } from '@/components/kit/list/list-screen';
import { UPLOAD_STATES } from '@/server/domain/states';
import { useSendSheet } from './send-sheet';
import { uploadPage } from './upload-filters';
import { useUploadColumns } from './use-upload-columns';
import { isUnderWay } from './use-upload-progress';

const BUSY_MS = 1_500;
const CALM_MS = 20_000;

/** Sheets of orders, each with where it stands, live; the next one is dropped anywhere on the page. */
export function UploadsScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations('uploads');
  const trpc = useTRPC();
  const { action, above } = useSendSheet(mayWrite);
  const listed = uploadPage(Object.fromEntries(useSearchParams()));
  const states = UPLOAD_STATES.map((value) => ({ value, label: t(`states.${value}`) }));
  const list = useInfiniteQuery(
    trpc.uploads.list.infiniteQueryOptions(listed, {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: ({ state: { data } }) =>
        data?.pages.some((page) => page.rows.some((row) => isUnderWay(row.state))) ? BUSY_MS : CALM_MS,
    }),
  );
  return (
    <ListScreen
      list={list}
      definition={{
        name: 'uploads',
        title: t('title'),
        page: mayWrite ? { action, above } : {},
        asked: listed,
        order: '-createdAt',
        columns: useUploadColumns(),
        rowKey: (row) => row.id,
        rowLabel: (row) => row.fileName,
        hrefOf: (row) => `/uploads/${row.id}`,
        search: { label: t('search') },
        filters: [{ kind: 'choice', param: 'state', label: t('columns.state'), options: states }],
        icon: FileSpreadsheet,
        none: {
          all: { title: t('none'), text: t('noneText') },
          filtered: { title: t('noneFiltered'), text: t('noneFilteredText') },
        },
      }}
    />
  );
}
