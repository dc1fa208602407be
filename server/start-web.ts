import { composePorts } from './composition';
import { warnOfGateways } from './modules/core/notifications/use-cases/check-gateways';
import { keepRendererReady } from './pdf/render';
import { ANSWERS, boundStatements, openReserves } from './platform/db';
import { env, WrongSettings } from './platform/env';

/** Validates the settings, binds the ports and starts what runs beside the requests, unless a worker does. A wrong setting ends the process. */
export async function startWeb(): Promise<void> {
  try {
    env();
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  // Where the worker does what takes long, the web only answers.
  if (env().WORKER_PORT) boundStatements(ANSWERS);
  composePorts();
  await openReserves();
  warnOfGateways();
  keepRendererReady();
  if (env().WORKER_PORT) return;
  const { startBackground } = await import('./background');
  const background = startBackground();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void background.stop());
}
