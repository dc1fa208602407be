'use client';

import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';

/** What every field takes: label above, help below, error at the field. `error` is a whole sentence. */
export interface FieldProps {
  label: string;
  /** Keeps the label for screen readers alone, where the place says what the field is. */
  hideLabel?: boolean;
  help?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  disabled?: boolean;
  readOnly?: boolean;
  name?: string;
  id?: string;
  autoFocus?: boolean;
  className?: string;
}

export const fieldStack = 'flex min-w-0 flex-col gap-1';

export function FieldLabel({ label, hidden, required }: { label: string; hidden?: boolean; required?: boolean }) {
  return (
    <Label className={clsx(hidden ? 'sr-only' : 'text-sm font-medium text-ink-2')}>
      {label}
      {required && (
        <span aria-hidden="true" className="text-wrong">
          {' *'}
        </span>
      )}
    </Label>
  );
}

/** Help and error under a field; the error takes the place of the help, so that the layout moves least. */
export function FieldNotes({ help, error }: { help?: ReactNode; error?: string | undefined }) {
  return (
    <>
      {help && !error && (
        <Text slot="description" className="text-xs text-ink-3">
          {help}
        </Text>
      )}
      <FieldError className="flex items-start gap-1 text-xs text-wrong">
        <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
        <span>{error}</span>
      </FieldError>
    </>
  );
}
