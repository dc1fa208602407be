import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { monthName } from '@/components/statement-access/month-name';
import { plainButton } from '@/components/statement-access/plain-button';
import { StatusBadge } from '@/components/ui/badge';
import { Code } from '@/components/ui/code';
import { dayOfInstant } from '@/components/ui/day-text';
import { MainFigure } from '@/components/ui/main-figure';
import { moneyText } from '@/components/ui/money-text';
import type { PublishedStatement } from '@/server/modules/referral/statements/schema';

/** What a doctor came for: how much, whether it is paid, and the paper. */
export function StatementHead({ statement }: { statement: PublishedStatement }) {
  const t = useTranslations('doctor-statement');
  const locale = useLocale();
  const { period, number } = statement.statement;
  const paid = statement.state === 'paid';
  const moment = paid ? statement.paidAt : statement.publishedAt;
  const day = moment ? dayOfInstant(new Date(moment), statement.timeZone, 'written') : null;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="text-ink-2">{t('for', { name: statement.doctor.name })}</p>
        <h1 className="text-xl font-semibold">{t('title', { month: monthName(period, locale) })}</h1>
      </div>
      <section aria-labelledby="payable" className="card p-(--card-p)">
        <h2 id="payable" className="text-ink-2">
          {t('payable')}
        </h2>
        <p className="mt-1">
          <MainFigure>{moneyText(BigInt(statement.sums.payable), statement.currency, locale)}</MainFigure>
        </p>
        <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
          <StatusBadge tone={paid ? 'good' : 'waiting'}>{t(paid ? 'paid' : 'published')}</StatusBadge>
          {day && <span>{t(paid ? 'paidOn' : 'publishedOn', { day })}</span>}
          <span className="whitespace-nowrap">
            {t.rich('number', { number, code: (chunks) => <Code>{chunks}</Code> })}
          </span>
        </p>
      </section>
      <section aria-labelledby="download" className="flex flex-col gap-2">
        <h2 id="download" className="text-sm font-semibold">
          {t('download')}
        </h2>
        {statement.documents.length === 0 && <p className="text-ink-2">{t('preparing')}</p>}
        <div className="flex flex-wrap gap-3">
          {statement.documents.map((language) => (
            <a
              key={language}
              href={`/s/view/pdf?lang=${language}`}
              hrefLang={language}
              download
              rel="nofollow"
              className={plainButton(language === locale ? 'primary' : 'secondary', 'flex-1 basis-36')}
            >
              <Download aria-hidden="true" className="size-4 shrink-0" />
              {t(`downloadIn.${language}`)}
            </a>
          ))}
        </div>
      </section>
    </div>
  );
}
