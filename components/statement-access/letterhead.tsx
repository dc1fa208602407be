import { useLocale, useTranslations } from 'next-intl';
import { LOCALES } from '@/i18n/locales';

const names = { vi: 'Tiếng Việt', en: 'English' } as const;

/** Who speaks, and in which language. The switch is made of links, so it works without a script. */
export function Letterhead({ name, languagePath }: { name: string; languagePath: string }) {
  const t = useTranslations('statement-access');
  const locale = useLocale();
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b py-3">
      <p className="font-semibold text-accent-ink">{name}</p>
      <nav aria-label={t('language')} className="-mx-2 flex text-sm">
        {LOCALES.map((id) => (
          <a
            key={id}
            href={`${languagePath}?to=${id}`}
            lang={id}
            hrefLang={id}
            rel="nofollow"
            aria-current={id === locale ? 'true' : undefined}
            className="inline-flex min-h-(--control-h-sm) items-center rounded-md px-2 text-ink-2 hover:bg-hover aria-[current]:font-semibold aria-[current]:text-ink"
          >
            {names[id]}
          </a>
        ))}
      </nav>
    </header>
  );
}
