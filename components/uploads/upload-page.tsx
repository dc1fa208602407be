'use client';

import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Button, LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { CheckStep } from './check-step';
import { ColumnsStep } from './columns-step';
import { CommitStep } from './commit-step';
import { FileStep } from './file-step';
import { LeftOutButton } from './left-out-button';
import { ReportStep } from './report-step';
import { STEPS, type Step } from './step-list';
import { UploadHead } from './upload-head';

/** How far an upload has come decides which step is shown; earlier ones can be looked at. */
function stepReached(upload: UploadDetail): Step {
  if (upload.state === 'committed') return 'report';
  if (upload.state === 'committing' || (upload.state === 'failed' && upload.committedAt)) return 'commit';
  if (upload.state === 'checked' || upload.state === 'refused') return 'commit';
  return upload.header.missing.length > 0 && upload.state === 'received' ? 'columns' : 'check';
}

function useCheck(upload: UploadDetail, mayWrite: boolean) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const check = useSentOnce(
    trpc.uploads.check.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: trpc.uploads.pathKey() }),
    }),
  );
  const begun = useRef(false);
  const { id, state, header } = upload;
  const ready = mayWrite && state === 'received' && header.missing.length === 0;
  const { mutate } = check;
  useEffect(() => {
    // A sheet whose columns all fit is checked without being asked.
    if (!ready || begun.current) return;
    begun.current = true;
    mutate({ id });
    setTimeout(() => void client.invalidateQueries({ queryKey: trpc.uploads.byId.queryKey({ id }) }), 300);
  }, [ready, id, mutate, client, trpc]);
  return check;
}

/** One upload from file to report, on one page that can be left and returned to. */
export function UploadPage({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const t = useTranslations('uploads');
  const errors = useTranslations('errors');
  const trpc = useTRPC();
  const sentenceOf = useErrorSentence();
  const { get } = useUrlFilters();
  const { data: upload } = useSuspenseQuery(trpc.uploads.byId.queryOptions({ id }));
  const check = useCheck(upload, mayWrite);
  const reached = stepReached(upload);
  const asked = STEPS.find((step) => step === get('step'));
  const natural = upload.state === 'checked' ? 'check' : reached;
  // What was committed has its report; the step of committing is over.
  const over = asked === 'commit' && reached === 'report';
  const current = asked && !over && STEPS.indexOf(asked) <= STEPS.indexOf(reached) ? asked : natural;
  const failure = upload.failure;
  const hasSheet =
    current === 'report' || (current === 'check' && upload.state !== 'checking' && upload.checkedAt !== null);
  return (
    <div
      data-fills={hasSheet ? '' : undefined}
      className="@container/upload flex min-h-0 flex-col lg:data-fills:flex-1"
    >
      <UploadHead
        upload={upload}
        current={current}
        reached={reached}
        action={
          hasSheet && (
            <>
              <LeftOutButton upload={upload} />
              {mayWrite && current === 'check' && upload.state === 'checked' && upload.valid > 0 && (
                <LinkButton href={`/uploads/${id}?step=commit`} variant="primary">
                  {t('check.next', { count: upload.valid })}
                </LinkButton>
              )}
            </>
          )
        }
      />
      {failure && (
        <Callout
          tone="wrong"
          className="mb-4"
          announce
          actions={
            mayWrite && upload.written === 0 ? (
              <Button size="small" pending={check.isPending} onPress={() => check.mutate({ id })}>
                {t('check.again')}
              </Button>
            ) : null
          }
        >
          {errors.has(failure.code as 'internal') ? errors(failure.code as 'internal', failure.params) : t('failed')}
        </Callout>
      )}
      {check.error && !failure && (
        <Callout tone="wrong" className="mb-4" announce>
          {sentenceOf(check.error).sentence}
        </Callout>
      )}
      {current === 'file' && <FileStep upload={upload} />}
      {current === 'columns' && (
        <ColumnsStep upload={upload} mayWrite={mayWrite} onCheck={() => check.mutate({ id })} />
      )}
      {current === 'check' && <CheckStep upload={upload} mayWrite={mayWrite} onCheck={() => check.mutate({ id })} />}
      {current === 'commit' && <CommitStep upload={upload} mayWrite={mayWrite} />}
      {current === 'report' && <ReportStep upload={upload} />}
    </div>
  );
}
