'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Check, FileDown, RefreshCw, Undo2, UserRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Button, LinkButton } from '@/components/ui/button';
import { notify } from '@/components/ui/toast';
import type { StatementDetail } from '@/server/modules/referral/statements/schema';
import type { Rights } from './month-actions';

/** What can be done with one statement: note that it was looked through, open its PDFs, go to its doctor. */
export function StatementActions({ statement, rights }: { statement: StatementDetail; rights: Rights }) {
  const t = useTranslations('statements.detail');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  const said = {
    onError: (error: unknown) => void notify.wrong(sentenceOf(error).sentence),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.statements.pathKey() }),
  };
  const review = useSentOnce(trpc.statements.review.mutationOptions(said));
  const again = useSentOnce(
    trpc.statements.requestPdf.mutationOptions({ ...said, onSuccess: () => void notify.info(t('pdfAsked')) }),
  );
  const { id: statementId, state, documents, hash } = statement;
  const reviewed = state === 'reviewed';
  const pdf = (language: 'vi' | 'en') => `/api/documents/of/statement/${statementId}?lang=${language}`;
  return (
    <div className="flex flex-wrap gap-2">
      {rights.mayRun && (state === 'draft' || reviewed) && (
        <Button
          size="small"
          icon={reviewed ? Undo2 : Check}
          pending={review.isPending}
          onPress={() => review.mutate({ statementId, reviewed: !reviewed })}
        >
          {reviewed ? t('unreview') : t('review')}
        </Button>
      )}
      {documents.map((language) => (
        <LinkButton key={language} href={pdf(language)} size="small" icon={FileDown}>
          {language === 'vi' ? t('pdfVi') : t('pdfEn')}
        </LinkButton>
      ))}
      {hash && documents.length < 2 && <span className="self-center text-xs text-ink-3">{t('pdfPending')}</span>}
      {hash && rights.mayPublish && documents.length < 2 && (
        <Button size="small" variant="quiet" icon={RefreshCw} onPress={() => again.mutate({ statementId })}>
          {t('pdfAgain')}
        </Button>
      )}
      <LinkButton href={`/doctors/${statement.doctorId}`} size="small" variant="quiet" icon={UserRound}>
        {t('doctor')}
      </LinkButton>
    </div>
  );
}
