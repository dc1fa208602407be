'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { CameBack } from '@/components/kit/draft/came-back';
import { useKeptDraft } from '@/components/kit/draft/use-kept-draft';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { Select } from '@/components/ui/select';
import { useFormCheck } from '@/components/ui/use-form-check';
import { OPTIONAL_COLUMNS, ORDER_COLUMNS } from '@/server/domain/order-sheet';
import type { Mapping, UploadDetail } from '@/server/modules/intake/uploads/schema';

type Props = { upload: UploadDetail; mayWrite: boolean; onCheck: () => void };

const NOWHERE = 'none';

/** What the sheet's own titles suggest: the sure ones, and the nearest for those that are missing. */
function suggested({ mapping, header }: UploadDetail): Mapping {
  const near = header.missing.flatMap(({ name, nearest }) => (nearest ? [[name, nearest.index] as const] : []));
  return { ...Object.fromEntries(near), ...mapping };
}

const isSame = (one: Mapping, other: Mapping): boolean => ORDER_COLUMNS.every((name) => one[name] === other[name]);

const isMapping = (kept: unknown): kept is Mapping =>
  typeof kept === 'object' && kept !== null && Object.values(kept).every(Number.isSafeInteger);

/** Which title of the sheet is which column, with nearest names proposed. */
export function ColumnsStep({ upload, mayWrite, onCheck }: Props) {
  const t = useTranslations('uploads');
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const [mapping, setMapping] = useState<Mapping>(() => suggested(upload));
  const { id, header, state, written } = upload;
  const frozen = !mayWrite || written > 0 || state === 'committing' || state === 'committed' || state === 'checking';
  const kept = useKeptDraft({
    name: `mapping.${id}`,
    draft: mapping,
    version: JSON.stringify(upload.mapping),
    isEmpty: frozen || isSame(mapping, suggested(upload)),
    isDraft: isMapping,
    restore: (before) => !frozen && setMapping(before),
  });
  const drop = () => {
    kept.done();
    setMapping(suggested(upload));
  };
  const save = useSentOnce(
    trpc.uploads.mapColumns.mutationOptions({
      onSuccess: async () => {
        kept.done();
        await client.invalidateQueries({ queryKey: trpc.uploads.byId.queryKey({ id }) });
        onCheck();
      },
    }),
  );
  const titles = header.titles.flatMap((title, index) =>
    title?.trim() ? [{ value: String(index), label: title }] : [],
  );
  const missing = ORDER_COLUMNS.filter((name) => !OPTIONAL_COLUMNS.has(name) && mapping[name] === undefined);
  const { isRight, errorAt, summary } = useFormCheck(
    Object.fromEntries(missing.map((name) => [name, t('mapping.missingCell', { cell: t(`cells.${name}`) })])),
    save.error && { sentence: sentenceOf(save.error).sentence },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!frozen && isRight() && !save.isPending) save.mutate({ id, mapping });
  };
  const used = new Set(Object.values(mapping));
  const unused = titles.filter(({ value }) => !used.has(Number(value)));
  const choose = (name: (typeof ORDER_COLUMNS)[number], value: string) => {
    const { [name]: _, ...rest } = mapping;
    setMapping(value === NOWHERE ? rest : { ...rest, [name]: Number(value) });
  };
  return (
    <form noValidate onSubmit={submit} className="max-w-3xl space-y-4">
      <p className="text-ink-2">{t('mapping.text')}</p>
      <FormErrorSummary {...summary} />
      <CameBack kept={kept} onDrop={drop} />
      <div className="card divide-y divide-line">
        {ORDER_COLUMNS.map((name) => (
          <div key={name} className="grid items-center gap-x-4 gap-y-1 px-4 py-2 sm:grid-cols-[1fr_18rem]">
            <div className="min-w-0">
              <span className="font-medium">{t(`cells.${name}`)}</span>
              {!OPTIONAL_COLUMNS.has(name) && <Badge className="ml-2">{t('mapping.required')}</Badge>}
              <code className="block text-xs text-ink-3">{name}</code>
            </div>
            <Select
              label={t(`cells.${name}`)}
              hideLabel
              disabled={frozen}
              options={[{ value: NOWHERE, label: t('mapping.nowhere') }, ...titles]}
              value={mapping[name] === undefined ? NOWHERE : String(mapping[name])}
              onChange={(value) => choose(name, value)}
              name={name}
              error={errorAt(name) ?? (missing.includes(name) ? t('mapping.missing') : undefined)}
            />
          </div>
        ))}
      </div>
      {unused.length > 0 && (
        <Callout tone="notice" title={t('mapping.unused', { count: unused.length })}>
          {unused.map(({ label }) => label).join(' · ')}
        </Callout>
      )}
      {!frozen && (
        <Button type="submit" variant="primary" pending={save.isPending}>
          {t('mapping.save')}
        </Button>
      )}
    </form>
  );
}
