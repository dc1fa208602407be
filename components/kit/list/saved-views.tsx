'use client';

import { useQuery } from '@tanstack/react-query';
import { Bookmark, BookmarkPlus } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useTRPC } from '@/components/api/trpc';
import { Button } from '@/components/ui/button';
import type { ArrangedTable } from '@/components/ui/data-table-types';
import { later } from '@/components/ui/later';
import { Popover } from '@/components/ui/popover';
import { readLayout } from '@/components/ui/table-layout';
import { useAskedOnce } from '@/components/ui/use-asked-once';
import type { ListName } from '@/server/domain/lists';
import type { SavedView } from '@/server/modules/core/lists/schema';

const SavedViewRow = later(() => import('./saved-view-row').then((module) => module.SavedViewRow));
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

/** Brings the columns of a view, and notes that it was used. */
function take<Row>(view: SavedView, { setLayout }: ArrangedTable<Row>): void {
  setLayout(readLayout(view.layout));
  void import('@/components/frame/recent-things').then(({ rememberView }) => rememberView(view.id));
}

/** An address may name a view beside its filters: the palette leads to one. */
function useNamedView<Row>(views: readonly SavedView[] | undefined, arranged: ArrangedTable<Row>): void {
  const [named, setNamed] = useState<string | null>(null);
  useAskedOnce('view', setNamed);
  const view = views?.find(({ id }) => id === named);
  useEffect(() => {
    if (!view) return;
    setNamed(null);
    take(view, arranged);
  }, [view, arranged]);
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
  useNamedView(views.data, arranged);
  const apply = (view: SavedView) => {
    take(view, arranged);
    router.replace(view.query ? `${pathname}?${view.query}` : pathname, { scroll: false });
  };
  return (
    <>
      <Popover
        label={t('label')}
        placement="bottom end"
        trigger={
          <Button size="small" variant="quiet" icon={Bookmark}>
            {current?.name ?? t('label')}
          </Button>
        }
        preload={() => {
          SavedViewRow.preload();
          SaveViewDialog.preload();
        }}
        className="flex w-72 flex-col gap-2"
      >
        {(close) => (
          <>
            {views.data?.length === 0 && <p className="text-ink-2">{t('none')}</p>}
            <ul className="flex flex-col">
              {views.data?.map((view) => (
                <SavedViewRow
                  key={view.id}
                  fallback={<li className="h-(--control-h-sm)" />}
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
