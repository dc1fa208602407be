'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import { ListScreen } from '@/components/kit/list/list-screen';
import { FileDrop } from '@/components/ui/file-drop';
import { ProgressBar } from '@/components/ui/progress-bar';
import { MAX_UPLOAD_BYTES, UPLOAD_EXTENSIONS } from '@/server/domain/order-sheet';
import { UPLOAD_STATES } from '@/server/domain/states';
import { EncodingChoice } from './encoding-choice';
import { uploadPage } from './upload-filters';
import { useSendFile } from './use-send-file';
import { useUploadColumns } from './use-upload-columns';
import { isUnderWay } from './use-upload-progress';

const BUSY_MS = 1_500;
const CALM_MS = 20_000;
const KILOBYTE = 1024;

/** Sheets of orders: a place to drop the next one, and all that came before with where each stands, live. */
export function UploadsScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations('uploads');
  const trpc = useTRPC();
  const { send, pending, sent, error, asked } = useSendFile();
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
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {mayWrite && (
        <div className="mb-6">
          <FileDrop
            label={t('drop.label')}
            accept={UPLOAD_EXTENSIONS}
            maxBytes={MAX_UPLOAD_BYTES}
            onFiles={([file]) => file && void send(file)}
            help={t('drop.help')}
            pending={pending}
            {...(error ? { error } : {})}
          />
          {asked && !pending && <EncodingChoice file={asked} onChoose={(encoding) => void send(asked, encoding)} />}
          {sent && (
            <ProgressBar
              className="mt-3"
              label={t('drop.sending')}
              done={Math.round(sent.done / KILOBYTE)}
              total={Math.round(sent.total / KILOBYTE)}
            />
          )}
        </div>
      )}
      <ListScreen
        list={list}
        definition={{
          name: 'uploads',
          title: t('title'),
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
    </>
  );
}
