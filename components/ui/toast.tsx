'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Toaster, toast } from 'sonner';
import { type Tone, toneIcon, toneText } from './tone';

export interface NotifyOptions {
  description?: ReactNode;
  /** For instance undo: the toast then stays ten seconds. */
  action?: { label: string; onPress: () => void };
  /** A second message with the same id takes the place of the first. */
  id?: string;
}

function show(tone: Tone, message: string, options: NotifyOptions = {}) {
  const Icon = toneIcon[tone];
  const { action } = options;
  toast(message, {
    id: options.id,
    description: options.description,
    icon: <Icon aria-hidden="true" className={clsx('size-4', toneText[tone])} />,
    duration: action || tone === 'wrong' ? 10_000 : 5_000,
    action: action && { label: action.label, onClick: action.onPress },
  });
}

/** Short news at the edge of the screen. An error that one must act on belongs in the page instead. */
export const notify = {
  good: (message: string, options?: NotifyOptions) => show('good', message, options),
  notice: (message: string, options?: NotifyOptions) => show('notice', message, options),
  wrong: (message: string, options?: NotifyOptions) => show('wrong', message, options),
  info: (message: string, options?: NotifyOptions) => show('info', message, options),
};

export function ToastRegion() {
  const t = useTranslations('ui.toast');
  return (
    <Toaster
      style={{ fontFamily: 'inherit' }}
      position="bottom-right"
      gap={8}
      closeButton
      containerAriaLabel={t('region')}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: t('close'),
        classNames: {
          toast:
            'group flex w-full items-start gap-3 rounded-lg border border-line bg-raised p-4 pr-10 text-sm text-ink shadow-[0_8px_24px_-8px_rgb(0_0_0/0.18)] sm:w-[22rem]',
          content: 'min-w-0 flex-1',
          icon: 'mt-0.5 shrink-0',
          title: 'font-medium',
          description: 'text-ink-2',
          actionButton: 'shrink-0 rounded-md border border-line-control px-2 py-1 text-xs font-medium hover:bg-hover',
          closeButton:
            'absolute top-3 right-3 grid size-6 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink',
        },
      }}
    />
  );
}
