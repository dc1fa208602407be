import { whenLauncherEnds } from './launcher.mjs';

/** Calls back on Ctrl-C, on a signal to end, and when the npm that launched us is gone. */
export function onShutdown(callback) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, callback);
  whenLauncherEnds(callback);
}
