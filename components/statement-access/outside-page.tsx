import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PhoneIcon } from '@/components/ui/plain-icon';
import { Letterhead } from './letterhead';
import { plainButton } from './plain-button';

export type OutsidePageProps = {
  letterhead: { nameVi: string; nameEn: string; address: string; phone: string };
  /** Where the links of the languages lead: the page that is open comes back in the other one. */
  languagePath: string;
  children: ReactNode;
};

/** Around everything that people outside of the house see, whatever became of it: who speaks, in which language, and a number to tap. */
export function OutsidePage({ letterhead, languagePath, children }: OutsidePageProps) {
  const locale = useLocale();
  const name = locale === 'vi' ? letterhead.nameVi : letterhead.nameEn;
  return (
    <>
      <Letterhead name={name} languagePath={languagePath} />
      {children}
      <Contact name={name} address={letterhead.address} phone={letterhead.phone} />
    </>
  );
}

function Contact({ name, address, phone }: { name: string; address: string; phone: string }) {
  const t = useTranslations('statement-access');
  return (
    <footer className="flex flex-wrap items-center gap-x-4 gap-y-3 border-t pt-4 text-sm text-ink-2">
      <p className="min-w-0 flex-1 basis-48">
        <span className="block font-medium text-ink">{name}</span>
        {address}
      </p>
      {phone && (
        <a href={telOf(phone)} className={plainButton('secondary')}>
          <PhoneIcon className="size-4" />
          <span>{t('call', { phone })}</span>
        </a>
      )}
    </footer>
  );
}

/** The address that a phone dials: digits, and the plus before a country. */
export const telOf = (phone: string): string => `tel:${phone.replace(/(?!^\+)\D/g, '')}`;
