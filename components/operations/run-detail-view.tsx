'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { Callout } from '@/components/ui/callout';
import { OPEN_STATES } from '@/server/domain/states';
import type { RunDetail } from '@/server/modules/core/operations/schema';
import { EffectFigures, effectFigures } from './effect-figures';
import { RunFacts } from './run-facts';
import { StepTimeline } from './step-timeline';
import { useCauseSentence } from './use-names';

type HeadingLevel = 'h2' | 'h3';

type Props = {
  run: RunDetail;
  /** When this was read, in milliseconds: what has not ended lasts until then. */
  now: number;
  /** Beside a list the panel's own title is the second level; on its own page these parts are. */
  heading?: HeadingLevel;
};

const SERVER_STATE = { running: 'Running', retrying: 'Running', paused: 'Running' } as const;
const ENDED_STATE = { completed: 'Completed', failed: 'Failed', cancelled: 'Cancelled' } as const;

/** Record and server each learn of a state in their own moment. */
const SETTLES_MS = 30_000;

function Part({ title, heading: Heading, children }: { title: string; heading: HeadingLevel; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Heading id={id} className="mb-3 border-b pb-1 text-sm font-semibold">
        {title}
      </Heading>
      {children}
    </section>
  );
}

/** A run: why it stopped, what it is about, its steps on a line of time, and what it changed outside of itself. */
export function RunDetailView({ run, now, heading = 'h3' }: Props) {
  const t = useTranslations('operations');
  const sentenceOf = useCauseSentence();
  const open = OPEN_STATES.some((state) => state === run.state);
  const expected = { ...SERVER_STATE, ...ENDED_STATE }[run.state];
  const settled = now - (run.endedAt ?? run.lastSeenAt).getTime() > SETTLES_MS;
  const differs = settled && run.serverStatus !== null && run.serverStatus !== expected;
  return (
    <div className="space-y-6">
      {run.errorCode && (
        <Callout
          tone={run.state === 'failed' ? 'wrong' : 'notice'}
          title={t(open ? 'detail.errorRetrying' : 'detail.error')}
        >
          {sentenceOf(run.errorCode)}
        </Callout>
      )}
      {differs && run.serverStatus && (
        <Callout tone="notice">{t('detail.serverSays', { status: t(`serverStates.${run.serverStatus}`) })}</Callout>
      )}
      <RunFacts run={run} now={now} />
      <Part title={t('detail.steps')} heading={heading}>
        <StepTimeline run={run} now={now} />
      </Part>
      <Part title={t('detail.effects')} heading={heading}>
        {run.effects.length === 0 ? (
          <p className="text-ink-2">{t('detail.noEffects')}</p>
        ) : (
          <EffectFigures
            figures={effectFigures(run.effects)}
            leftTitle={t(open ? 'effect.coming' : 'effect.missing')}
          />
        )}
      </Part>
    </div>
  );
}
