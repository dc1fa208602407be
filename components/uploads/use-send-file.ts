'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { HandlerRefusal } from '@/components/api/handler-refusal';
import { useIsUnderWay, useLongAct } from '@/components/kit/long-act/use-long-act';
import { notify } from '@/components/ui/toast';
import type { TextEncodingName } from '@/server/domain/encoding';
import { type SendAnswer, sendFile } from './send-file';

const KEY = 'sheet';
const KILOBYTE = 1024;

/**
 * Sends a sheet, as an act that may take long, and goes to its page; says what stands in the way in one sentence. Who went elsewhere meanwhile is
 * not fetched back. `asked` is a file whose encoding could not be determined.
 */
export function useSendFile() {
  const t = useTranslations('uploads.drop');
  const sentenceOf = useErrorSentence();
  const router = useRouter();
  const begin = useLongAct();
  const path = usePathname();
  const here = useRef<string | null>(path);
  useEffect(() => {
    here.current = path;
    return () => {
      here.current = null;
    };
  }, [path]);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [asked, setAsked] = useState<File | null>(null);
  const isUnderWay = useIsUnderWay(KEY);

  const arrive = (file: File, answer: SendAnswer) => {
    setPending(false);
    if (answer.id) {
      const open = () => router.push(`/uploads/${answer.id}`);
      if (here.current) return open();
      return notify.good(t('sent', { file: file.name }), { action: { label: t('open'), onPress: open } });
    }
    const { sentence } = sentenceOf(new HandlerRefusal(answer.reason === 'offline' ? null : answer));
    if (answer.reason === 'sheet_unsupported_encoding') setAsked(file);
    setError(sentence);
    if (!here.current) notify.wrong(t('notSent', { file: file.name }), { description: sentence });
  };
  const send = async (file: File, encoding: TextEncodingName | null = null) => {
    setPending(true);
    setError(null);
    setAsked(null);
    await begin({
      key: KEY,
      label: t('sending', { file: file.name }),
      total: Math.round(file.size / KILOBYTE),
      run: (count) =>
        sendFile(file, ({ done }) => count(Math.round(done / KILOBYTE)), encoding).catch(
          (): SendAnswer => ({ reason: 'offline' }),
        ),
      fromHere: true,
      onDone: (answer) => arrive(file, answer),
    }).catch(({ message }: Error) => setError(message));
  };
  return { send, pending: pending || isUnderWay, error, asked };
}
