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

/**
 * A revocation is of the link that stood there when it was asked for, whatever stands there by now; a new link has its key from then on, so
 * that the doctor gets one however often the answer is lost.
 */
type Act = { do: 'replace'; clientKey: string } | { do: 'revoke'; linkId: string };

const replacing = (): Act => ({ do: 'replace', clientKey: crypto.randomUUID() });

type Props = { statementId: string; liveLinkId: string | null };

/** Ending a doctor's link, alone or for a new one that is sent at once; each says first whom it shuts out and asks for the reason. */
export function LinkActions({ statementId, liveLinkId }: Props) {
  const t = useTranslations('statements.life');
  const [asked, setAsked] = useState<Act | null>(null);
  // What leads here leads to the dialog, never to the act itself.
  useAskedOnce('link', (act) => {
    if (act === 'replace') setAsked(replacing());
    if (act === 'revoke' && liveLinkId) setAsked({ do: act, linkId: liveLinkId });
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" icon={Send} onPress={() => setAsked(replacing())}>
        {t('replace')}
      </Button>
      {liveLinkId && (
        <Button
          size="small"
          variant="quiet"
          icon={Link2Off}
          onPress={() => setAsked({ do: 'revoke', linkId: liveLinkId })}
        >
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
  const isRevoking = act.do === 'revoke';
  const typed = useKeptReason(`link.${act.do}.${statementId}`, liveLinkId ?? '');
  const replace = useMutation(trpc.gate.replace.mutationOptions());
  const revoke = useMutation(trpc.gate.revoke.mutationOptions());
  const doIt = async (reason: string) => {
    try {
      if (act.do === 'revoke') await revoke.mutateAsync({ linkId: act.linkId, reason });
      else await replace.mutateAsync({ statementId, reason, clientKey: act.clientKey });
    } catch (error) {
      throw new Error(sentenceOf(error).sentence);
    } finally {
      // Not waited for: without a connection it would hold the question open.
      void queries.invalidateQueries({ queryKey: trpc.gate.pathKey() });
    }
    notify.good(t(isRevoking ? 'revokeDone' : 'replaceDone'));
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(isRevoking ? 'revokeTitle' : 'replaceTitle')}
      consequence={t(isRevoking ? 'revokeText' : liveLinkId ? 'replaceText' : 'newText')}
      confirmLabel={t(isRevoking ? 'revokeConfirm' : 'replaceConfirm')}
      tone={isRevoking ? 'danger' : 'primary'}
      reason="required"
      typed={typed}
      onConfirm={doIt}
    />
  );
}
