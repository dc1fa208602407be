'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TextEncodingName } from '@/server/domain/encoding';
import { type Sent, sendFile } from './send-file';

/**
 * Sends a sheet and goes to its page; says how far it is, and what stands in the way in one sentence. `asked` is a file whose encoding
 * could not be determined.
 */
export function useSendFile() {
  const t = useTranslations('errors');
  const label = useTranslations('ui.error');
  const router = useRouter();
  const [sent, setSent] = useState<Sent | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [asked, setAsked] = useState<File | null>(null);

  const send = async (file: File, encoding: TextEncodingName | null = null) => {
    setSent({ done: 0, total: file.size });
    setError(null);
    setAsked(null);
    try {
      const answer = await sendFile(file, setSent, encoding);
      if (answer.id) {
        router.push(`/uploads/${answer.id}`);
        return;
      }
      if (answer.reason === 'sheet_unsupported_encoding') setAsked(file);
      const known = answer.reason !== undefined && answer.reason !== 'internal' && t.has(answer.reason as 'internal');
      const sentence = t((known ? answer.reason : 'internal') as 'internal', answer.params ?? {});
      setError(known || !answer.correlationId ? sentence : `${sentence} ${label('code')}: ${answer.correlationId}`);
    } catch {
      setError(t('offline'));
    }
    setSent(null);
  };
  return { send, pending: sent !== null, sent, error, asked };
}
