import type { ReactNode } from 'react';

const base =
  'inline-flex min-h-(--control-h) items-center justify-center gap-2 rounded-md border px-(--control-px) py-2 text-control [overflow-wrap:anywhere] ' +
  'font-medium transition-colors duration-100 disabled:opacity-60';
const looks = {
  primary: 'border-transparent bg-accent text-on-accent not-disabled:hover:bg-accent-hover',
  secondary: 'border-line-control/60 bg-surface text-ink not-disabled:hover:bg-hover not-disabled:active:bg-pressed',
  quiet: 'border-transparent bg-transparent text-accent-ink underline underline-offset-4 not-disabled:hover:bg-hover',
};

export type PlainStyle = keyof typeof looks;

/** The look of the design system's button without its script: a phone at the gate loads no more than it needs. */
export const plainButton = (look: PlainStyle, className = ''): string => `${base} ${looks[look]} ${className}`;

/** Sends the form it stands in, with or without a script. */
export function SubmitButton({
  look = 'primary',
  disabled,
  className,
  children,
}: {
  look?: PlainStyle;
  disabled?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <button type="submit" disabled={disabled} className={plainButton(look, className)}>
      {children}
    </button>
  );
}
