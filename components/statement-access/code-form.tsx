import { useTranslations } from 'next-intl';
import { timeText } from '@/components/ui/day-text';
import type { GateView } from '@/server/modules/referral/statement-access/schema';
import { CodeEntry } from './code-entry';
import { CLOCK } from './seconds-left';

export interface CodeFormProps {
  path: string;
  challenge: NonNullable<GateView['challenge']>;
  channels: GateView['channels'];
  timeZone: string;
  wrong: boolean;
  autoFocus: boolean;
}

/** Six digits, the time left, and the ways out when the code does not come, in words that need no reader of messages in the browser. */
export function CodeForm({ path, challenge, channels, timeZone, wrong, autoFocus }: CodeFormProps) {
  const t = useTranslations('statement-access');
  const { channel, triesLeft, expiresAt, resendAt } = challenge;
  const known = channels.length > 0 ? channels : [{ channel, masked: t('registered') }];
  const masked = channels.find((way) => way.channel === channel)?.masked ?? t('registered');
  return (
    <CodeEntry
      path={path}
      expiresAt={expiresAt}
      resendAt={resendAt}
      noTries={triesLeft === 0}
      wrong={wrong}
      autoFocus={autoFocus}
      ways={known.map((way) => ({
        channel: way.channel,
        isCurrent: way.channel === channel,
        text: t(way.channel === channel ? `again.${way.channel}` : `send.${way.channel}`, { masked: way.masked }),
      }))}
      words={{
        label: t(`sentTo.${channel}`, { masked }),
        whole: t('sixDigits'),
        wrong: t('problem.wrong_code'),
        noTries: t('noTries'),
        expired: t('expired'),
        validUntil: t('validUntil', { time: timeText(expiresAt, timeZone) }),
        left: t('left', { time: CLOCK }),
        open: t('open'),
        notCome: t('notCome'),
        resendIn: t('resendIn', { time: CLOCK }),
        resendNow: t('resendNow'),
      }}
    />
  );
}
