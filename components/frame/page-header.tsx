import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Beside the title: a state. */
  status?: ReactNode;
  /** The one primary action. */
  action?: ReactNode;
  /** Quieter ones, before it. */
  secondary?: ReactNode;
  /** Above the title: where one came from. */
  back?: ReactNode;
}

export function PageHeader({ title, description, status, action, secondary, back }: PageHeaderProps) {
  return (
    <header className="mb-4 flex in-[[data-fills]]:mb-2 flex-wrap items-end justify-between gap-x-4 gap-y-3">
      <div className="min-w-0">
        {back && <div className="mb-1 text-ink-2">{back}</div>}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-xl font-semibold">{title}</h1>
          {status}
        </div>
        {description && <p className="mt-0.5 max-w-2xl text-ink-2">{description}</p>}
      </div>
      {(action || secondary) && (
        <div className="flex min-h-9 flex-wrap items-center gap-2 not-has-[a,button]:hidden">
          {/* Quiet buttons stand in line with what is above and below them by what one sees of them. */}
          <div className={clsx('flex flex-wrap items-center gap-2 empty:hidden max-sm:-ml-2', !action && 'sm:-mr-2')}>
            {secondary}
          </div>
          {action}
        </div>
      )}
    </header>
  );
}
