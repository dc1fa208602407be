import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Tone, toneBox, toneIcon, toneText } from './tone';

export interface CalloutProps {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  /** One or two buttons. */
  actions?: ReactNode;
  /** Reads it aloud when it appears. */
  announce?: boolean;
  className?: string;
}

export function Callout({ tone = 'info', title, children, actions, announce, className }: CalloutProps) {
  const t = useTranslations('ui.tone');
  const Icon = toneIcon[tone];
  return (
    <div
      role={announce ? (tone === 'wrong' ? 'alert' : 'status') : undefined}
      className={clsx(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-4 py-3',
        toneBox[tone],
        className,
      )}
    >
      <Icon aria-label={t(tone)} role="img" className={clsx('mt-0.5 size-4 shrink-0', toneText[tone])} />
      <div className="min-w-0 flex-1 basis-48">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-ink-2">{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
