import { clsx } from 'clsx';
import Link from 'next/link';
import { useTranslations } from 'next-intl';

const TABS = { overview: '/operations', runs: '/operations/runs', messages: '/operations/messages' } as const;
type Tab = keyof typeof TABS;

/** The parts of operations, each at its own address. Messages are for who may read them. */
export function OperationsTabs({ current, showsMessages }: { current: Tab; showsMessages: boolean }) {
  const t = useTranslations('operations');
  const tabs = (Object.keys(TABS) as Tab[]).filter((tab) => tab !== 'messages' || showsMessages);
  return (
    <nav aria-label={t('title')} className="inline-flex flex-wrap gap-0.5 rounded-md border bg-sunken p-0.5">
      {tabs.map((tab) => (
        <Link
          key={tab}
          href={TABS[tab]}
          aria-current={tab === current ? 'page' : undefined}
          className={clsx(
            'inline-flex h-[calc(var(--control-h-sm)-2px)] items-center rounded-[4px] border px-3 text-sm font-medium whitespace-nowrap',
            tab === current ? 'border-line bg-surface text-ink' : 'border-transparent text-ink-2 hover:text-ink',
          )}
        >
          {t(tab)}
        </Link>
      ))}
    </nav>
  );
}
