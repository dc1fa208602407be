import { commandOf } from './commands';
import { startEngine } from './index';
import { readOptions, SettingError } from './options';

/** The engine as a process of its own, or one of its commands: see docs/engine.md for flags and environment. */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const command = commandOf(args);
  if (command) {
    process.stdout.write(`${JSON.stringify(await command(process.env))}\n`);
    return;
  }
  const engine = await startEngine(readOptions(args, process.env));
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(0);
    stopping = true;
    engine.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  // Whoever keeps it running starts what is installed now.
  engine.superseded.then(() => engine.close(0)).finally(() => process.exit(1));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const text = error instanceof SettingError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`inngest-engine: ${text}\n`);
  process.exit(1);
});
