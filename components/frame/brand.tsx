import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';

/** The product's mark: a tube seen from above, and its name. */
export function Brand({ compact, className }: { compact?: boolean; className?: string }) {
  const t = useTranslations('frame');
  return (
    <span className={clsx('flex items-center gap-2.5', className)}>
      <svg viewBox="0 0 24 24" aria-hidden="true" className="size-6 shrink-0">
        <rect width="24" height="24" rx="6" className="fill-accent" />
        <path
          d="M15.6 8.6c-.8-.9-2-1.4-3.4-1.4-2 0-3.5 1-3.5 2.5 0 3.3 6.8 1.6 6.8 4.7 0 1.5-1.6 2.5-3.6 2.5-1.6 0-2.9-.6-3.7-1.6"
          className="stroke-on-accent"
          fill="none"
          strokeWidth="1.9"
          strokeLinecap="round"
        />
      </svg>
      <span className={clsx('truncate text-sm font-semibold', compact && 'sr-only')}>{t('product')}</span>
    </span>
  );
}
