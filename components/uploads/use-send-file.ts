'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type Sent, sendFile } from './send-file';

/** Sends a sheet and goes to its page; says how far it is, and what stands in the way in one sentence. */
export function useSendFile() {
  const t = useTranslations('errors');
  const router = useRouter();
  const [sent, setSent] = useState<Sent | null>(null);
  const [error, setError] = useState<string | null>(null);

  const send = async (file: File) => {
    setSent({ done: 0, total: file.size });
    setError(null);
    try {
      const answer = await sendFile(file, setSent);
      if (answer.id) {
        router.push(`/uploads/${answer.id}`);
        return;
      }
      const reason = answer.reason && t.has(answer.reason as 'internal') ? answer.reason : 'internal';
      setError(t(reason as 'internal', answer.params ?? {}));
    } catch {
      setError(t('offline'));
    }
    setSent(null);
  };
  return { send, pending: sent !== null, sent, error };
}
