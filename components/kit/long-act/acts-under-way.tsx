'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ProgressBar } from '@/components/ui/progress-bar';
import { useRunningCount } from '@/components/ui/use-running-count';
import { type ActUnderWay, actsNow, isUnderWay, noActs, onActs, secondsLeft } from './acts';

/** What takes long, over the page: how far it is and how long still; what stopped says why, and goes on where it stopped. */
export function ActsUnderWay() {
  const t = useTranslations('ui.act');
  const acts = useSyncExternalStore(onActs, actsNow, noActs);
  if (acts.length === 0) return null;
  return (
    <section aria-label={t('label')} className="mb-4 flex flex-col gap-2 print:hidden">
      {acts.map((act) =>
        act.failure === null ? (
          <Going key={act.id} act={act} />
        ) : (
          <Stopped key={act.id} act={act} busy={isUnderWay(acts, act.key)} />
        ),
      )}
    </section>
  );
}

function Going({ act }: { act: ActUnderWay }) {
  const t = useTranslations('ui.act');
  const left = secondsLeft(act, Date.now());
  return (
    <div className="card px-4 py-2">
      <ProgressBar
        label={act.label}
        done={useRunningCount(act.done)}
        total={act.total}
        {...(left === undefined ? {} : { secondsLeft: left })}
      />
      <p role="status" className="mt-1 text-xs text-ink-2">
        {t(act.fromHere ? 'leaveOpen' : 'leave')}
      </p>
    </div>
  );
}

/** `busy`: it was begun again meanwhile, and must not be done twice at once. */
function Stopped({ act, busy }: { act: ActUnderWay; busy: boolean }) {
  const t = useTranslations('ui.act');
  return (
    <Callout
      tone="wrong"
      announce
      title={t('stopped', { what: act.label })}
      actions={
        <>
          <Button size="small" disabled={busy} onPress={act.again}>
            {t('again')}
          </Button>
          <Button size="small" variant="quiet" onPress={act.dismiss}>
            {t('dismiss')}
          </Button>
        </>
      }
    >
      {act.failure}
    </Callout>
  );
}
