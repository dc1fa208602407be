'use client';

import { clsx } from 'clsx';
import { FileUp } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { DropZone, Text } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from './button';
import { bytesText, fileProblem } from './file-check';

export interface FileDropProps {
  label: string;
  /** Name endings with the dot: ['.xlsx', '.csv']. */
  accept: readonly string[];
  maxBytes?: number;
  multiple?: boolean;
  /** Only files that passed type and size. */
  onFiles: (files: File[]) => void;
  help?: ReactNode;
  error?: string;
  pending?: boolean;
  disabled?: boolean;
}

/** Files that fit, and in one sentence why one does not. */
export function useCheckedFiles({
  accept,
  maxBytes,
  onFiles,
  multiple,
}: Pick<FileDropProps, 'accept' | 'maxBytes' | 'onFiles' | 'multiple'>) {
  const t = useTranslations('ui.file');
  const locale = useFormatter();
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const size = (bytes: number) => bytesText(bytes, (n) => locale.number(n, { maximumFractionDigits: 1 }));

  const take = (all: File[]) => {
    const files = multiple ? all : all.slice(0, 1);
    const bad = files.find((file) => fileProblem(file, accept, maxBytes));
    if (bad) {
      const kind = fileProblem(bad, accept, maxBytes);
      setChosen(null);
      setProblem(
        kind === 'type'
          ? t('wrongType', { name: bad.name, types: accept.join(', ') })
          : t('tooLarge', { name: bad.name, size: size(bad.size), limit: size(maxBytes ?? 0) }),
      );
      return;
    }
    setProblem(null);
    setChosen(files.map((file) => t('chosen', { name: file.name, size: size(file.size) })).join('; ') || null);
    if (files.length > 0) onFiles(files);
  };
  return { t, problem, chosen, take, size };
}

/** A place to drop a file on, with a button for everyone who does not drag. */
export function FileDrop(props: FileDropProps) {
  const { label, accept, maxBytes, multiple, help, error, pending, disabled } = props;
  const { t, problem, chosen, take, size } = useCheckedFiles(props);
  const shownError = problem ?? error;
  const limits = [t('types', { types: accept.join(', ') }), maxBytes ? t('limit', { size: size(maxBytes) }) : null];
  return (
    <DropZone
      isDisabled={disabled || pending}
      aria-label={label}
      onDrop={async (event) => {
        const items = event.items.filter((item) => item.kind === 'file');
        take(await Promise.all(items.map((item) => item.getFile())));
      }}
      className={clsx(
        'group flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-control bg-surface px-6 py-10 text-center',
        'data-drop-target:border-accent data-drop-target:bg-accent-soft data-disabled:opacity-60',
        shownError && 'border-wrong',
      )}
    >
      <FileUp aria-hidden="true" className="size-6 text-ink-3" />
      <Text slot="label" className="text-base font-semibold">
        {label}
      </Text>
      <div className="flex flex-wrap items-center justify-center gap-2 text-ink-2">
        <span className="pointer-coarse:hidden">{t('drop')}</span>
        <FileTrigger
          acceptedFileTypes={[...accept]}
          allowsMultiple={multiple}
          onSelect={(list) => take(list ? [...list] : [])}
        >
          <Button pending={pending} disabled={disabled}>
            {t('choose')}
          </Button>
        </FileTrigger>
      </div>
      <p className="text-xs text-ink-3">{limits.filter(Boolean).join(', ')}</p>
      {help && <div className="max-w-md text-xs text-ink-3">{help}</div>}
      <p aria-live="polite" className={clsx('text-sm', shownError ? 'text-wrong' : 'text-ink-2')}>
        {shownError ?? chosen}
      </p>
    </DropZone>
  );
}
