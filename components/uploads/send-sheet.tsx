'use client';

import { CircleHelp, FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button, IconButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useCheckedFiles } from '@/components/ui/file-drop';
import { Popover } from '@/components/ui/popover';
import { useWindowDrop } from '@/components/ui/use-window-drop';
import { MAX_UPLOAD_BYTES, UPLOAD_EXTENSIONS } from '@/server/domain/order-sheet';
import { EncodingChoice } from './encoding-choice';
import { useSendFile } from './use-send-file';

/** Takes the next sheet: by a button, or dropped anywhere on the page. `action` stands in the title, `above` over the list. */
export function useSendSheet(mayWrite: boolean) {
  const t = useTranslations('uploads.drop');
  const { send, pending, error, asked } = useSendFile();
  const {
    t: file,
    problem,
    take,
    size,
  } = useCheckedFiles({
    accept: UPLOAD_EXTENSIONS,
    maxBytes: MAX_UPLOAD_BYTES,
    onFiles: ([first]) => first && void send(first),
  });
  const over = useWindowDrop(mayWrite && !pending ? take : null);
  const limits = [
    file('types', { types: UPLOAD_EXTENSIONS.join(', ') }),
    file('limit', { size: size(MAX_UPLOAD_BYTES) }),
  ];
  const action = (
    <>
      <Popover label={t('what')} placement="bottom end" trigger={<IconButton icon={CircleHelp} label={t('what')} />}>
        <p className="max-w-md">
          {limits.join(', ')}. {t('help')}
        </p>
      </Popover>
      <FileTrigger acceptedFileTypes={[...UPLOAD_EXTENSIONS]} onSelect={(list) => take(list ? [...list] : [])}>
        <Button variant="primary" icon={FileUp} pending={pending}>
          {t('choose')}
        </Button>
      </FileTrigger>
    </>
  );
  const wrong = problem ?? error;
  const above = (
    <>
      {wrong && (
        <Callout tone="wrong" announce className="mb-2">
          {wrong}
        </Callout>
      )}
      {asked && !pending && <EncodingChoice file={asked} onChoose={(encoding) => void send(asked, encoding)} />}
      {over && (
        <p className="pointer-events-none fixed inset-4 z-40 grid place-items-center rounded-lg border-2 border-dashed border-accent bg-accent-soft text-base font-semibold text-accent-ink">
          {t('label')}
        </p>
      )}
    </>
  );
  return { action, above };
}
