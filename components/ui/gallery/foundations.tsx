import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Money } from '../money';
import { toneIcon } from '../tone';
import { Section, Specimen } from './specimen';

const grounds = [
  ['canvas', 'bg-canvas'],
  ['surface', 'bg-surface'],
  ['sunken', 'bg-sunken'],
  ['hover', 'bg-hover'],
] as const;
const inks = [
  ['ink', 'bg-ink'],
  ['ink-2', 'bg-ink-2'],
  ['ink-3', 'bg-ink-3'],
  ['accent', 'bg-accent'],
] as const;
const meanings = [
  ['good', 'bg-good-soft border-good-line text-good'],
  ['notice', 'bg-notice-soft border-notice-line text-notice'],
  ['wrong', 'bg-wrong-soft border-wrong-line text-wrong'],
  ['info', 'bg-info-soft border-info-line text-info'],
] as const;

function Swatch({
  name,
  label,
  className,
  children,
}: {
  name: string;
  label: string;
  className: string;
  children?: ReactNode;
}) {
  return (
    <div>
      <div className={clsx('flex h-14 items-end rounded-lg border p-2 text-sm font-medium', className)}>{children}</div>
      <p className="mt-1.5 text-sm">{label}</p>
      <p className="font-mono text-xs text-ink-3">{name}</p>
    </div>
  );
}

export function Colours() {
  const t = useTranslations('design.colours');
  return (
    <Section id="colour">
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {[...grounds, ...inks].map(([name, className]) => (
          <Swatch key={name} name={name} label={t(name)} className={className} />
        ))}
        {meanings.map(([name, className]) => {
          const Icon = toneIcon[name];
          return (
            <Swatch key={name} name={name} label={t(name)} className={className}>
              <Icon aria-hidden="true" className="size-4" />
            </Swatch>
          );
        })}
      </div>
    </Section>
  );
}

const sizes = [
  ['xl', 'text-xl font-semibold'],
  ['lg', 'text-lg font-semibold'],
  ['base', 'text-base'],
  ['sm', 'text-sm'],
  ['xs', 'text-xs text-ink-2'],
] as const;
const amounts = [1_111_111n, 84_500_000n, 450_000n, -1_250_000n];

export function Type() {
  const t = useTranslations('design.text');
  return (
    <Section id="type">
      <div className="grid gap-6 md:grid-cols-2">
        <Specimen name="text-xl … text-xs" className="flex flex-col gap-3">
          {sizes.map(([size, className]) => (
            <p key={size} className={className}>
              {t(size)}
            </p>
          ))}
        </Specimen>
        <Specimen name="tabular" className="grid grid-cols-2 gap-6 text-base">
          <div className="flex flex-col items-end gap-1">
            <p className="mb-1 text-xs text-ink-3">{t('proportional')}</p>
            {amounts.map((minor) => (
              <span key={minor} className="[&>*]:[font-variant-numeric:normal]">
                <Money minor={minor} withCurrency={false} />
              </span>
            ))}
          </div>
          <div className="flex flex-col items-end gap-1">
            <p className="mb-1 text-xs text-ink-3">{t('tabular')}</p>
            {amounts.map((minor) => (
              <Money key={minor} minor={minor} withCurrency={false} />
            ))}
          </div>
        </Specimen>
      </div>
    </Section>
  );
}
