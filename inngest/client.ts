import { Inngest, Middleware, NonRetriableError } from 'inngest';
import { PortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';

/** The one mapping of our errors to Inngest's: what can't get better is not tried again, and no message carries its cause. */
function asRunError(error: unknown): unknown {
  if (!(error instanceof PortalError)) return error;
  if (error.retryable) return new Error(error.code);
  return new NonRetriableError(error.code);
}

class ErrorMapping extends Middleware.BaseMiddleware {
  readonly id = 'error-mapping';

  override async wrapStepHandler({ next }: Middleware.WrapStepHandlerArgs) {
    return mapped(next);
  }

  override async wrapFunctionHandler({ next }: Middleware.WrapFunctionHandlerArgs) {
    return mapped(next);
  }
}

async function mapped<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asRunError(error);
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
