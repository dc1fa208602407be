import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { monthName } from '@/components/statement-access/month-name';
import { Callout } from '@/components/ui/callout';
import { dateTimeText } from '@/components/ui/day-text';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { RunProgress } from '@/server/modules/referral/statements/schema';

/** How the month's run goes, or how the last one ended. `now` is when the answer came, for the time that is left. */
export function RunStatus({ run, month, now }: { run: RunProgress; month: string; now: number }) {
  const t = useTranslations('statements.run');
  const locale = useLocale();
  const zone = useTimeZone() ?? 'Asia/Ho_Chi_Minh';
  if (run.state === 'failed') {
    const at = dateTimeText(run.finishedAt ?? run.requestedAt, zone);
    return <Callout tone="wrong">{t('failed', { at })}</Callout>;
  }
  if (run.state === 'done') return null;
  const begun = run.state === 'running';
  const seconds = Math.max((now - run.requestedAt.getTime()) / 1000, 0.1);
  const rate = run.doctorsDone / seconds;
  const left = rate > 0 ? Math.round((run.doctorsTotal - run.doctorsDone) / rate) : undefined;
  return (
    <div className="card p-(--card-p)" role="status">
      <ProgressBar
        label={t('progress', { month: monthName(month, locale) })}
        done={run.doctorsDone}
        total={begun ? run.doctorsTotal : null}
        {...(left !== undefined && left > 10 ? { secondsLeft: left } : {})}
      />
      <p className="mt-2 text-xs text-ink-3">{begun ? t('leave') : t('waiting')}</p>
    </div>
  );
}
