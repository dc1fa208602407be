import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { Brand } from '@/components/frame/brand';
import { LanguageSwitch, ThemeSwitch } from '@/components/frame/switches';
import { LinkButton } from '@/components/ui/button';
import { Buttons } from '@/components/ui/gallery/buttons';
import { Charts } from '@/components/ui/gallery/charts';
import { Choices } from '@/components/ui/gallery/choices';
import { type Density, toDensity } from '@/components/ui/gallery/density';
import { DensitySwitch } from '@/components/ui/gallery/density-switch';
import { Feedback } from '@/components/ui/gallery/feedback';
import { Fields } from '@/components/ui/gallery/fields';
import { Files, TillFoot } from '@/components/ui/gallery/files';
import { Colours, Type } from '@/components/ui/gallery/foundations';
import { Lists } from '@/components/ui/gallery/lists';
import { Overlays } from '@/components/ui/gallery/overlays';
import { SECTIONS } from '@/components/ui/gallery/specimen';
import { Status } from '@/components/ui/gallery/status';
import { Sums } from '@/components/ui/gallery/sums';
import { Tables } from '@/components/ui/gallery/tables';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('design');
  return { title: t('title') };
}

function Top({ density }: { density: Density }) {
  return (
    <header className="sticky top-0 z-30 border-b bg-surface">
      <div className="mx-auto flex h-14 max-w-6xl items-center gap-2 px-4 sm:gap-4">
        <Brand className="min-w-0 flex-1 max-sm:[&>span]:sr-only" />
        <DensitySwitch initial={density} />
        <span className="flex">
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </div>
    </header>
  );
}

function Contents() {
  const t = useTranslations('design');
  return (
    <nav aria-label={t('contents')} className="sticky top-20 hidden w-44 shrink-0 self-start lg:block">
      <ul className="flex flex-col">
        {SECTIONS.map((id) => (
          <li key={id}>
            <a href={`#${id}`} className="block rounded-md px-2 py-1.5 text-ink-2 hover:bg-hover hover:text-ink">
              {t(`sections.${id}.title`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/**
 * The gallery: every part of the design system in its states, in both themes, three densities and two languages. The address chooses:
 * /design?theme=dark&lang=en&density=compact (theme and language: server/http/gallery-look.ts).
 */
export default async function DesignPage({ searchParams }: { searchParams: Promise<{ density?: string }> }) {
  const { density } = await searchParams;
  const t = await getTranslations('design');
  return (
    <>
      <Top density={toDensity(density)} />
      <div className="mx-auto flex max-w-6xl gap-10 px-4 py-8">
        <Contents />
        <main className="min-w-0 flex-1">
          <div className="mb-10 flex flex-wrap items-end justify-between gap-4">
            <div className="max-w-2xl">
              <h1 className="text-xl font-semibold">{t('title')}</h1>
              <p className="mt-2 text-base text-ink-2">{t('lead')}</p>
            </div>
            <LinkButton href="/design/frame">{t('frameLink')}</LinkButton>
          </div>
          <Colours />
          <Type />
          <Buttons />
          <Fields />
          <Choices />
          <Status />
          <Feedback />
          <Overlays />
          <Tables />
          <Lists />
          <Charts />
          <Sums />
          <Files />
          <TillFoot />
        </main>
      </div>
    </>
  );
}
