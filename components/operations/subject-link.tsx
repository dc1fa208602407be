'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { RunRow } from '@/server/modules/core/operations/schema';

type About = Pick<RunRow, 'subject' | 'subjects'>;

/** What of the business a run is about: its name where it has one, and how many more where a run takes several. */
function useSubjectText() {
  const t = useTranslations('operations');
  return ({ subject, subjects }: About, short: boolean): string | null => {
    if (!subject) return null;
    const kind = t(`subjects.${subject.kind}`);
    const named = subject.kind === 'order' || subject.kind === 'upload';
    const label =
      subject.label === null ? kind : named ? subject.label : t('subjectOf', { kind, label: subject.label });
    return subjects > 1 ? t(short ? 'subjectPlus' : 'subjectMore', { label, count: subjects - 1 }) : label;
  };
}

/** The same as a way to its place, where it has one; shorter in a table. */
export function SubjectLink({ about, inTable }: { about: About; inTable?: boolean }) {
  const text = useSubjectText()(about, inTable ?? false);
  if (text === null) return <span className="text-ink-3">—</span>;
  const href = about.subject?.href;
  if (!href) return <span>{text}</span>;
  return (
    <Link
      href={href}
      prefetch={false}
      {...(inTable ? { tabIndex: -1 } : {})}
      className="font-medium text-accent-ink hover:underline"
    >
      {text}
    </Link>
  );
}
