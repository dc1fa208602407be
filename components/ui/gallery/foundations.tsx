import { clsx } from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Code } from '../code';
import { MainFigure } from '../main-figure';
import { Money } from '../money';
import { moneyText } from '../money-text';
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
  ['waiting', 'bg-sunken border-line text-ink-2'],
  ['sealed', 'bg-accent-soft border-accent-line text-accent-ink'],
] as const;
const shades = ['bg-share-1', 'bg-share-2', 'bg-share-3', 'bg-share-4', 'bg-share-5'];

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
      <Specimen name="share-1 … share-5" className="flex h-14 gap-0.5">
        {shades.map((shade) => (
          <span key={shade} className={clsx('flex-1 rounded-sm', shade)} />
        ))}
      </Specimen>
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
  const locale = useLocale();
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
        <Specimen name="tabular · Money" className="grid grid-cols-2 gap-6 text-base">
          <div className="flex flex-col items-end gap-1">
            <p className="mb-1 text-xs text-ink-3">{t('proportional')}</p>
            {amounts.map((minor) => (
              <Money key={minor} minor={minor} withCurrency={false} />
            ))}
          </div>
          <div>
            <p className="mb-2 text-right text-xs text-ink-3">{t('tabular')}</p>
            <ul className="flex flex-col items-end gap-1">
              {amounts.map((minor) => (
                <li key={minor}>
                  <Money minor={minor} withCurrency={false} />
                </li>
              ))}
            </ul>
          </div>
        </Specimen>
        <Specimen name="MainFigure" className="flex flex-col gap-3">
          <MainFigure>{moneyText(84_511_111n, 'VND', locale)}</MainFigure>
          <div className="w-32">
            <MainFigure>{moneyText(1_284_511_111n, 'VND', locale)}</MainFigure>
          </div>
        </Specimen>
        <Specimen name="Code" className="flex flex-col gap-2">
          <p>
            {t('codeText')} <Code>Q3-261105-0042</Code>, <Code>BS-0107</Code>
          </p>
          <p className="text-lg font-semibold">
            <Code>Q3-261101-1011</Code>
          </p>
          <Code breaks className="text-xs text-ink-3">
            {'0f1e2d3c4b5a69788796a5b4c3d2e1f0'.repeat(2)}
          </Code>
        </Specimen>
      </div>
    </Section>
  );
}
