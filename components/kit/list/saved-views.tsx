'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, BookmarkPlus, Check, Trash2, Users } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Button, IconButton } from '@/components/ui/button';
import type { ArrangedTable } from '@/components/ui/data-table-types';
import { later } from '@/components/ui/later';
import { Popover } from '@/components/ui/popover';
import { readLayout } from '@/components/ui/table-layout';
import { notify } from '@/components/ui/toast';
import type { ListName } from '@/server/domain/lists';
import type { SavedView } from '@/server/modules/core/lists/schema';

const SaveViewDialog = later(() => import('./save-view-dialog').then((module) => module.SaveViewDialog));

export type SavedViewsProps<Row> = {
  list: ListName;
  /** The parameters of the address that a view keeps. */
  params: readonly string[];
  arranged: ArrangedTable<Row>;
};

/** What of an address a view keeps, in the order of its parameters. */
export function viewQuery(params: readonly string[], address: URLSearchParams): string {
  const kept = params.flatMap((param) => {
    const value = address.get(param);
    return value ? [[param, value]] : [];
  });
  return new URLSearchParams(kept).toString();
}

/** How people look at a list, by name: one's own ways and those that others share. */
export function SavedViews<Row>({ list, params, arranged }: SavedViewsProps<Row>) {
  const t = useTranslations('ui.views');
  const router = useRouter();
  const pathname = usePathname();
  const address = useSearchParams();
  const [saving, setSaving] = useState(false);
  const views = useQuery(useTRPC().savedViews.list.queryOptions({ list }));
  const now = viewQuery(params, new URLSearchParams(address));
  const current = views.data?.find(({ query }) => query === now && query !== '');
  const apply = (view: SavedView) => {
    arranged.setLayout(readLayout(view.layout));
    router.replace(view.query ? `${pathname}?${view.query}` : pathname, { scroll: false });
  };
  return (
    <>
      <Popover
        label={t('label')}
        placement="bottom end"
        trigger={
          <Button variant="quiet" icon={Bookmark} onPress={SaveViewDialog.preload}>
            {current?.name ?? t('label')}
          </Button>
        }
        className="flex w-72 flex-col gap-2"
      >
        {(close) => (
          <>
            {views.data?.length === 0 && <p className="text-ink-2">{t('none')}</p>}
            <ul className="flex flex-col">
              {views.data?.map((view) => (
                <ViewRow
                  key={view.id}
                  view={view}
                  isCurrent={view === current}
                  onApply={() => {
                    apply(view);
                    close();
                  }}
                />
              ))}
            </ul>
            <Button
              size="small"
              icon={BookmarkPlus}
              onPress={() => {
                close();
                setSaving(true);
              }}
            >
              {t('save')}
            </Button>
          </>
        )}
      </Popover>
      {saving && (
        <SaveViewDialog
          list={list}
          query={now}
          layout={arranged.layout}
          names={views.data?.filter(({ own }) => own).map(({ name }) => name) ?? []}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
}

function ViewRow({ view, isCurrent, onApply }: { view: SavedView; isCurrent: boolean; onApply: () => void }) {
  const t = useTranslations('ui.views');
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const remove = useSentOnce(
    trpc.savedViews.remove.mutationOptions({
      onError: (error) => notify.wrong(sentenceOf(error).sentence),
      onSettled: () => client.invalidateQueries(trpc.savedViews.list.pathFilter()),
    }),
  );
  return (
    <li className="flex items-center gap-1">
      <Button
        size="small"
        variant="quiet"
        icon={isCurrent ? Check : view.shared ? Users : Bookmark}
        onPress={onApply}
        className="min-w-0 flex-1 justify-start"
      >
        <span className="truncate">{view.name}</span>
        {!view.own && <span className="truncate font-normal text-ink-3">{view.ownerName}</span>}
      </Button>
      {view.own && (
        <IconButton
          size="small"
          icon={Trash2}
          label={t('remove', { name: view.name })}
          pending={remove.isPending}
          onPress={() => remove.mutate({ id: view.id })}
        />
      )}
    </li>
  );
}
