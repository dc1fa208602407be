'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import type { ArrangedTable } from '@/components/ui/data-table-types';
import { Dialog } from '@/components/ui/dialog';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { TextField } from '@/components/ui/text-field';
import { notify } from '@/components/ui/toast';
import { useFormCheck } from '@/components/ui/use-form-check';
import { CAPS } from '@/server/domain/caps';
import type { ListName } from '@/server/domain/lists';

type SaveProps = {
  list: ListName;
  query: string;
  layout: ArrangedTable<never>['layout'];
  /** The names of one's own views: the same name again replaces one. */
  names: readonly string[];
  onClose: () => void;
};

/** Asks for the name of a view, and who may see it. */
export function SaveViewDialog({ list, query, layout, names, onClose }: SaveProps) {
  const t = useTranslations('ui.views');
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const form = useId();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useSentOnce(
    trpc.savedViews.save.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries(trpc.savedViews.list.pathFilter());
        notify.good(t('saved', { name: name.trim() }));
        onClose();
      },
    }),
  );
  const { isRight, errorAt, summary } = useFormCheck(
    { name: name.trim() === '' ? t('nameNeeded') : null },
    save.error && { sentence: sentenceOf(save.error).sentence },
  );
  const replaces = names.includes(name.trim());
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('save')}
      description={t('saveHelp')}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={form} variant="primary" pending={save.isPending}>
            {replaces ? t('replace') : t('keep')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isRight()) return;
          save.mutate({ list, name, shared, query, layout: { ...layout, order: layout.order && [...layout.order] } });
        }}
        className="flex flex-col gap-3"
      >
        <FormErrorSummary {...summary} />
        <TextField
          label={t('name')}
          name="name"
          value={name}
          onChange={setName}
          maxLength={CAPS.title}
          error={errorAt('name')}
          autoFocus
          required
        />
        <Checkbox checked={shared} onChange={setShared}>
          {t('shared')}
        </Checkbox>
      </form>
    </Dialog>
  );
}
