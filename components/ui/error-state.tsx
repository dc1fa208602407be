'use client';

import { clsx } from 'clsx';
import { CircleAlert, Copy, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from './button';

export interface ErrorStateProps {
  title?: string;
  /** What is wrong and what to do, for people. */
  message?: string;
  /** Ties the screen to the log. */
  correlationId?: string;
  onRetry?: () => void;
  retrying?: boolean;
  className?: string;
}

export function ErrorState({ title, message, correlationId, onRetry, retrying, className }: ErrorStateProps) {
  const t = useTranslations('ui.error');
  const [copied, setCopied] = useState(false);
  const copy = async (code: string) => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
  };
  return (
    <div role="alert" className={clsx('flex flex-col items-center px-6 py-12 text-center', className)}>
      <span className="mb-4 grid size-10 place-items-center rounded-lg border border-wrong-line bg-wrong-soft text-wrong">
        <CircleAlert aria-hidden="true" className="size-5" />
      </span>
      <p className="text-base font-semibold">{title ?? t('title')}</p>
      <p className="mt-1 max-w-md text-sm text-ink-2">{message ?? t('sentence')}</p>
      {correlationId && (
        <div className="mt-4 flex flex-wrap items-center justify-center gap-2 text-xs text-ink-3">
          {t('code')}
          <code className="rounded-md border bg-sunken px-2 py-1 text-ink select-all">{correlationId}</code>
          <Button size="small" variant="quiet" icon={Copy} onPress={() => copy(correlationId)}>
            {copied ? t('copied') : t('copy')}
          </Button>
        </div>
      )}
      {onRetry && (
        <Button className="mt-5" icon={RotateCw} onPress={onRetry} pending={retrying}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}
