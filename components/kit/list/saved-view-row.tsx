'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Bookmark, Check, Trash2, Users } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Button, IconButton } from '@/components/ui/button';
import { notify } from '@/components/ui/toast';
import type { SavedView } from '@/server/modules/core/lists/schema';

type Props = { view: SavedView; isCurrent: boolean; onApply: () => void };

/** One way to look at the list: taken by a press, and removed by whom it belongs to. */
export function SavedViewRow({ view, isCurrent, onApply }: Props) {
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
