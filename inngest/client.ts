import { Inngest, Middleware, NonRetriableError, RetryAfterError, StepError } from 'inngest';
import { asPortalError, PortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';

/** What our errors are called on their way through the server and back; their message is the code. */
const OURS = 'PortalFailure';

/**
 * The one mapping of our errors to Inngest's: what can't get better is not tried again, and no message carries its cause. What
 * unexpected is logged here and passed on as its class only: its message may name a person.
 */
export function asRunError(error: unknown, functionId: string): unknown {
  // A step that failed for good comes back under its own name, and the SDK knows it by its identity.
  if (error instanceof StepError || error instanceof NonRetriableError) return error;
  const known = asPortalError(error);
  const masked = known.retryable ? laterError(known) : new NonRetriableError(known.code);
  masked.name = OURS;
  if (error instanceof PortalError || known.code !== 'internal') return masked;
  logger('background').error({ err: error, functionId }, 'unexpected error');
  if (error instanceof Error) masked.name = error.name;
  return masked;
}

/** To be tried again: after the seconds that the error names, else when the server thinks fit. */
const laterError = ({ code, params: { seconds } }: PortalError): Error =>
  typeof seconds === 'number' ? new RetryAfterError(code, seconds * 1_000) : new Error(code);

type Failure = { name: string; message: string };

/** The code of a failure for people: there is a sentence for it. */
export const sentenceCodeOf = ({ message }: Failure): string =>
  /^[a-z_]{1,100}$/.test(message) ? message : 'internal';

/**
 * Why a run failed, for the person who repairs it: a code of ours, else the error's class; never a message. What has neither is the
 * server's own word: it had no answer from us that it could use.
 */
export function errorCodeOf(error: Failure): string {
  const code = sentenceCodeOf(error);
  if (error.name === OURS) return code;
  if (error.name === 'Error') return code === error.message ? code : 'no_answer';
  return error.name.replaceAll(/\W/g, '').slice(0, 100) || code;
}

class ErrorMapping extends Middleware.BaseMiddleware {
  readonly id = 'error-mapping';

  override async wrapStepHandler({ fn, next }: Middleware.WrapStepHandlerArgs) {
    return mapped(fn.id(), next);
  }

  override async wrapFunctionHandler({ fn, next }: Middleware.WrapFunctionHandlerArgs) {
    return mapped(fn.id(), next);
  }
}

async function mapped<T>(functionId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asRunError(error, functionId);
  }
}

// Which server it talks to, and with which keys, comes from the environment alone (INNGEST_BASE_URL, INNGEST_DEV, …).
export const inngest = new Inngest({ id: 'portal', middleware: [ErrorMapping], logger: sdkLogger() });

// The SDK logs what it is given; only its own words pass, never an event's data.
function sdkLogger() {
  const say =
    (level: 'info' | 'warn' | 'error' | 'debug') =>
    (...said: unknown[]) =>
      logger('inngest')[level](
        said
          .filter((word) => typeof word === 'string')
          .join(' ')
          .slice(0, 300),
      );
  return { info: say('debug'), warn: say('warn'), error: say('error'), debug: say('debug') };
}
