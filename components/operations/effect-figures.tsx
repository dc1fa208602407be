import { Check, CircleDashed, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DateTime } from '@/components/ui/date-time';
import type { Effect, EffectKind } from '@/server/modules/core/operations/schema';

export type EffectFigure = { kind: EffectKind; done: number; left: number; doneAt: Date | null };

/** How many of each kind are done, since when the last, and how many are not. */
export function effectFigures(effects: readonly Effect[]): EffectFigure[] {
  const figures = new Map<EffectKind, EffectFigure>();
  for (const { kind, doneAt, done, coming } of effects) {
    const figure = figures.get(kind) ?? { kind, done: 0, left: 0, doneAt: null };
    figure.done += done;
    figure.left += coming;
    if (doneAt && (!figure.doneAt || doneAt > figure.doneAt)) figure.doneAt = doneAt;
    figures.set(kind, figure);
  }
  return [...figures.values()];
}

function Group({
  icon: Icon,
  tone,
  title,
  children,
}: {
  icon: LucideIcon;
  tone: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className="min-w-0 rounded-md border px-3 py-2">
      <p className="flex items-center gap-1.5 text-xs text-ink-2">
        <Icon aria-hidden="true" className={`size-3.5 shrink-0 ${tone}`} />
        {title}
      </p>
      {children}
    </div>
  );
}

type Props = {
  figures: readonly EffectFigure[];
  /** The text for effects that have not happened: they will come, or they will not. */
  leftTitle: string;
};

/** Effects as two lists: those that have happened, which will not happen again, and those that have not. */
export function EffectFigures({ figures, leftTitle }: Props) {
  const t = useTranslations('operations.effect');
  const kinds = useTranslations('operations.effectKinds');
  const done = figures.filter((figure) => figure.done > 0);
  const left = figures.filter((figure) => figure.left > 0);
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Group icon={Check} tone="text-good" title={t('done')}>
        {done.length === 0 && <p className="mt-1 text-ink-3">{t('nothingDone')}</p>}
        <ul className="mt-1 space-y-1">
          {done.map(({ kind, done: count, doneAt }) => (
            <li key={kind}>
              <span className="tabular font-medium">{kinds(kind, { count })}</span>
              {doneAt && (
                <span className="block text-xs text-ink-3">
                  {t.rich('doneAt', { when: () => <DateTime value={doneAt} precision="second" /> })}
                </span>
              )}
            </li>
          ))}
        </ul>
      </Group>
      <Group icon={CircleDashed} tone="text-notice" title={leftTitle}>
        {left.length === 0 && <p className="mt-1 text-ink-3">{t('nothingLeft')}</p>}
        <ul className="mt-1 space-y-1">
          {left.map(({ kind, left: count }) => (
            <li key={kind} className="tabular font-medium">
              {kinds(kind, { count })}
            </li>
          ))}
        </ul>
      </Group>
    </div>
  );
}
