'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

type Refusal = { reason?: string; params?: Record<string, string | number> };

/** Sends a sheet and goes to its page; what stands in the way is one sentence. */
export function useSendFile() {
  const t = useTranslations('errors');
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const send = async (file: File) => {
    setPending(true);
    setError(null);
    try {
      const answer = await fetch('/api/uploads', {
        method: 'POST',
        body: file,
        headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
      });
      const said = (await answer.json()) as Refusal & { id?: string };
      if (answer.ok && said.id) {
        router.push(`/uploads/${said.id}`);
        return;
      }
      const reason = said.reason && t.has(said.reason as 'internal') ? said.reason : 'internal';
      setError(t(reason as 'internal', said.params ?? {}));
    } catch {
      setError(t('offline'));
    }
    setPending(false);
  };
  return { send, pending, error };
}
