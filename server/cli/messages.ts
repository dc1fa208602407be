import { phoneNumber } from '@/server/domain/phone';
import { listBox } from '@/server/modules/core/notifications/use-cases/list-box';
import { type Command, WrongUsage } from './command';

export const messagesCommands: Record<string, Command> = {
  'messages list': {
    usage: 'messages list [--to ADDRESS]',
    run: async ({ positional, flags }, actor) => {
      if (positional.length > 0 || flags.to === true)
        throw new WrongUsage('--to takes a phone number or an e-mail address');
      return listBox({ actor, to: flags.to ? (phoneNumber(flags.to) ?? flags.to) : null });
    },
  },
};
