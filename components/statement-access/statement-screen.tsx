import { ShieldCheck } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { SubmitButton } from '@/components/statement-access/plain-button';
import { Code } from '@/components/ui/code';
import type { PublishedStatement } from '@/server/modules/referral/statements/schema';
import { DayList } from './day-list';
import { StatementHead } from './statement-head';
import { StatementAdjustments, StatementCategories, StatementSum } from './statement-sum';

/** A doctor's statement on a phone. Everything is plain HTML from the server: it opens, explains and prints without a script. */
export function StatementScreen({ statement }: { statement: PublishedStatement }) {
  const t = useTranslations('doctor-statement');
  const locale = useLocale();
  const { organisation, days, carried, currency } = statement;
  const name = locale === 'vi' ? organisation.name.vi : organisation.name.en;
  return (
    <main className="flex flex-1 flex-col gap-8 py-6">
      <StatementHead statement={statement} />
      <StatementSum statement={statement} />
      <StatementCategories statement={statement} />
      <section aria-labelledby="days" className="flex flex-col gap-2">
        <h2 id="days" className="font-semibold">
          {t('days')}
        </h2>
        <p className="text-sm text-ink-2">{t(days.length > 0 ? 'linesHelp' : 'empty')}</p>
        {days.length > 0 && <DayList days={days} currency={currency} label={t('days')} />}
      </section>
      {carried.length > 0 && (
        <section aria-labelledby="carried" className="flex flex-col gap-2">
          <h2 id="carried" className="font-semibold">
            {t('carried')}
          </h2>
          <DayList days={carried} currency={currency} label={t('carried')} />
        </section>
      )}
      <StatementAdjustments statement={statement} />
      <StatementFoot statement={statement} name={name} />
    </main>
  );
}

function StatementFoot({ statement, name }: { statement: PublishedStatement; name: string }) {
  const t = useTranslations('doctor-statement');
  const { number } = statement.statement;
  return (
    <section className="flex flex-col gap-4 border-t py-4 text-sm text-ink-2">
      <p>{t.rich('question', { name, number, code: (chunks) => <Code>{chunks}</Code> })}</p>
      <p className="flex items-start gap-2">
        <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-good" />
        <span>
          {t('seal')}{' '}
          <a href={statement.seal.verifyUrl} rel="noreferrer" className="text-accent-ink underline underline-offset-4">
            {t('verify')}
          </a>
        </span>
      </p>
      <form method="post" action="/s/view/leave">
        <SubmitButton look="secondary" className="w-full">
          {t('leave')}
        </SubmitButton>
      </form>
    </section>
  );
}
