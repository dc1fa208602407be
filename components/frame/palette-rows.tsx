'use client';

import { Command } from 'cmdk';
import { Ellipsis, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { KeyHint } from '@/components/ui/key-hint';
import { ACT_ICONS, keyOf, kindIcon, type PaletteResult } from './palette-items';

const row =
  'group flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-3 py-1.5 text-sm text-ink select-none pointer-coarse:min-h-12 data-[selected=true]:bg-hover';
const heading =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3';

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Command.Group heading={title} className={heading}>
      {children}
    </Command.Group>
  );
}

export function Row({
  value,
  icon: Icon,
  onSelect,
  children,
}: {
  value: string;
  icon?: LucideIcon | undefined;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item value={value} onSelect={onSelect} className={row}>
      {Icon && <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-3" />}
      {children}
    </Command.Item>
  );
}

type ThingProps = {
  thing: PaletteResult;
  /** Keeps what it is apart from what else bears its name in the list. */
  group: string;
  onOpen: (thing: PaletteResult) => void;
};

/** One thing found; what more can be done with it is a key away, and on a phone a touch of what bears `data-acts`. */
export function ThingRow({ thing, group, onOpen }: ThingProps) {
  const t = useTranslations('frame.palette');
  const second = thing.acts[1];
  return (
    <Row value={`${group} ${keyOf(thing)}`} icon={kindIcon(thing.kind)} onSelect={() => onOpen(thing)}>
      <span className="flex min-w-0 flex-1 items-baseline gap-x-3 max-sm:flex-col">
        <span className="max-w-full truncate font-medium">{thing.title}</span>
        <span className="tabular max-w-full truncate text-ink-2 sm:text-ink-3">{thing.detail}</span>
      </span>
      {second && (
        <>
          <span
            aria-hidden="true"
            className="hidden shrink-0 items-center gap-1.5 text-xs text-ink-2 group-data-[selected=true]:flex max-sm:!hidden pointer-coarse:!hidden"
          >
            {t(`acts.${second.act}`)} <KeyHint keys="Ctrl Enter" />
          </span>
          <span
            data-acts={keyOf(thing)}
            aria-hidden="true"
            className="-my-1.5 -mr-2 hidden size-12 shrink-0 place-items-center rounded-md text-ink-2 max-sm:grid pointer-coarse:grid"
          >
            <Ellipsis className="size-5" />
          </span>
        </>
      )}
    </Row>
  );
}

/** What can be done with one thing. */
export function ActRows({
  thing,
  acts,
  onAct,
}: {
  thing: PaletteResult;
  acts: readonly PaletteResult['acts'][number][];
  onAct: (act: PaletteResult['acts'][number]) => void;
}) {
  const t = useTranslations('frame.palette');
  return (
    <Group title={thing.detail ? `${thing.title} · ${thing.detail}` : thing.title}>
      {acts.map((act) => (
        <Row key={act.act} value={`act ${act.act}`} icon={ACT_ICONS[act.act]} onSelect={() => onAct(act)}>
          <span className="flex-1">{t(`acts.${act.act}`)}</span>
          {act === thing.acts[1] && (
            <span aria-hidden="true" className="pointer-coarse:hidden">
              <KeyHint keys="Ctrl Enter" />
            </span>
          )}
        </Row>
      ))}
    </Group>
  );
}
