'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { KeyHint } from './key-hint';

export interface KeyBarKey {
  keys: string;
  label: string;
  /** The same by mouse or finger. */
  onPress?: () => void;
  disabled?: boolean;
}

export interface KeyBarProps {
  /** Only the keys that work now. */
  keys: readonly KeyBarKey[];
  /** At the right: the till's state. */
  children?: ReactNode;
}

/** The line at the foot of the till. */
export function KeyBar({ keys, children }: KeyBarProps) {
  const t = useTranslations('ui.keys');
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-t bg-surface px-3 py-1 text-xs">
      <ul aria-label={t('label')} className="flex min-w-0 flex-1 flex-wrap items-center gap-x-1 max-sm:basis-full">
        {keys.map((key) => (
          <li key={key.keys}>
            <Button
              onPress={key.onPress && (() => key.onPress?.())}
              isDisabled={key.disabled}
              className="flex h-8 items-center gap-1.5 rounded-md px-1.5 text-ink-2 not-disabled:hover:bg-hover not-disabled:hover:text-ink disabled:opacity-50"
            >
              <KeyHint keys={key.keys} />
              {key.label}
            </Button>
          </li>
        ))}
      </ul>
      {children && <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">{children}</div>}
    </div>
  );
}
