/** Runs once when the web process starts, before it serves anything. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return;
  const { startWeb } = await import('./server/start-web');
  await startWeb();
}
