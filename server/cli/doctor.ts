import type { Diagnosis } from '@/server/modules/core/integrity/schema';
import { diagnoseIntegrity } from '@/server/modules/core/integrity/use-cases/diagnose-integrity';
import { type Command, WrongUsage } from './command';

const HOURS = 24;

function hoursOf(flags: Record<string, string | true>): number | null {
  if (flags.all !== undefined) return null;
  const hours = Number(flags.hours ?? HOURS);
  if (!Number.isInteger(hours) || hours < 1 || hours > 24 * 366)
    throw new WrongUsage('--hours takes whole hours, from 1');
  return hours;
}

export const doctorCommands: Record<string, Command> = {
  doctor: {
    usage: 'doctor [--hours N | --all]',
    run: async ({ positional, flags }) => {
      if (positional.length > 0) throw new WrongUsage('doctor takes no words');
      return diagnoseIntegrity({ hours: hoursOf(flags) });
    },
    hasFailed: (answer) => !(answer as Diagnosis).ok,
  },
};
