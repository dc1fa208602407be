import { clsx } from 'clsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'regular' | 'small';

export const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent border-transparent not-disabled:hover:bg-accent-hover',
  secondary:
    'bg-surface text-ink border-line-control/60 in-[search]:border-line-control not-disabled:hover:bg-hover not-disabled:active:bg-pressed',
  quiet:
    'bg-transparent text-ink-2 border-transparent not-disabled:hover:bg-hover not-disabled:hover:text-ink not-disabled:active:bg-pressed',
  danger: 'bg-danger text-on-danger border-transparent not-disabled:hover:bg-danger-hover',
};

export const base =
  // One line wherever there is room (half a rem more where its edge stands out of its place); with large text on a phone it breaks
  // before it leaves the page.
  'inline-flex max-w-[calc(100%+0.5rem)] shrink-0 items-center justify-center gap-2 rounded-md border text-center font-medium select-none ' +
  'transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-50';

const sizes: Record<ButtonSize, string> = {
  regular: 'min-h-(--control-h) px-(--control-px) text-control',
  small: 'min-h-(--control-h-sm) px-2 text-xs gap-1',
};

/** The look of a button without its script, for links and for pages that must stay light. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'regular'): string {
  return clsx(base, variants[variant], sizes[size]);
}
