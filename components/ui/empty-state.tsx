import { clsx } from 'clsx';
import type { ComponentType, ReactNode } from 'react';

export interface EmptyStateProps {
  icon?: ComponentType<{ className?: string; 'aria-hidden'?: 'true' }>;
  /** What belongs here. */
  title: ReactNode;
  /** How it gets here. */
  children?: ReactNode;
  /** The one action that fills it. */
  action?: ReactNode;
  className?: string;
}

export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={clsx('flex flex-col items-center px-6 py-12 text-center', className)}>
      {Icon && (
        <span className="mb-4 grid size-10 place-items-center rounded-lg border bg-sunken text-ink-2">
          <Icon aria-hidden="true" className="size-5" />
        </span>
      )}
      <p className="text-base font-semibold">{title}</p>
      {children && <div className="mt-1 max-w-md text-sm text-ink-2">{children}</div>}
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}
