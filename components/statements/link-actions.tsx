'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link2Off, Send } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useKeptReason } from '@/components/kit/draft/use-kept-reason';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { notify } from '@/components/ui/toast';
import { useAskedOnce } from '@/components/ui/use-asked-once';

type Act = 'replace' | 'revoke';

type Props = { statementId: string; liveLinkId: string | null };

/** Ending a doctor's link, alone or for a new one that is sent at once; each says first whom it shuts out and asks for the reason. */
export function LinkActions({ statementId, liveLinkId }: Props) {
  const t = useTranslations('statements.life');
  const [asked, setAsked] = useState<Act | null>(null);
  // What leads here leads to the dialog, never to the act itself.
  useAskedOnce('link', (act) => {
    if (act === 'replace' || (act === 'revoke' && liveLinkId)) setAsked(act);
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" icon={Send} onPress={() => setAsked('replace')}>
        {t('replace')}
      </Button>
      {liveLinkId && (
        <Button size="small" variant="quiet" icon={Link2Off} onPress={() => setAsked('revoke')}>
          {t('revoke')}
        </Button>
      )}
      {asked && (
        <LinkDialog act={asked} statementId={statementId} liveLinkId={liveLinkId} onClose={() => setAsked(null)} />
      )}
    </div>
  );
}

function LinkDialog({ act, statementId, liveLinkId, onClose }: Props & { act: Act; onClose: () => void }) {
  const t = useTranslations('statements.life');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  const typed = useKeptReason(`link.${act}.${statementId}`, liveLinkId ?? '');
  const replace = useMutation(trpc.gate.replace.mutationOptions());
  const revoke = useMutation(trpc.gate.revoke.mutationOptions());
  const doIt = async (reason: string) => {
    try {
      if (act === 'revoke' && liveLinkId) await revoke.mutateAsync({ linkId: liveLinkId, reason });
      else await replace.mutateAsync({ statementId, reason });
    } catch (error) {
      throw new Error(sentenceOf(error).sentence);
    } finally {
      await queries.invalidateQueries({ queryKey: trpc.gate.pathKey() });
    }
    notify.good(t(act === 'revoke' ? 'revokeDone' : 'replaceDone'));
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(act === 'revoke' ? 'revokeTitle' : 'replaceTitle')}
      consequence={t(act === 'revoke' ? 'revokeText' : liveLinkId ? 'replaceText' : 'newText')}
      confirmLabel={t(act === 'revoke' ? 'revokeConfirm' : 'replaceConfirm')}
      tone={act === 'revoke' ? 'danger' : 'primary'}
      reason="required"
      typed={typed}
      onConfirm={doIt}
    />
  );
}
