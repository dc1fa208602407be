import { demoAccounts } from './demo.mjs';
import { Instance } from './instance.mjs';
import { line, sayFailure, sinceStart } from './say.mjs';
import { onShutdown } from './shutdown.mjs';

function sayReady(instance) {
  const { url, secrets, settings } = instance;
  line();
  line(`  Sapoche Portal is ready at ${url} (${(sinceStart() / 1000).toFixed(1)} s). Ctrl-C stops it.`);
  const accounts = settings.PORTAL_DEMO === '0' ? [] : demoAccounts();
  if (accounts.length === 0) return;
  line();
  line(`  Demo accounts, all with the password ${settings.DEMO_PASSWORD ?? secrets.demoPassword}`);
  const width = Math.max(...accounts.map((account) => account.email.length));
  for (const { email, role, branch } of accounts)
    line(`    ${email.padEnd(width)}  ${role.padEnd(16)}  ${branch ?? ''}`);
}

/** Runs an instance in the foreground until it is signalled to stop. */
export async function serve(options) {
  const instance = new Instance(options);
  let ready = false;
  const end = async (code) => {
    await instance.stop();
    process.exit(code);
  };
  onShutdown(() => {
    if (instance.isStopping) return;
    line();
    line('  Stopping …');
    end(ready ? 0 : 130);
  });
  process.on('uncaughtException', (error) => {
    sayFailure(error);
    end(1);
  });
  try {
    await instance.start();
    ready = true;
    sayReady(instance);
  } catch (error) {
    if (instance.isStopping) return;
    sayFailure(error);
    await end(1);
  }
}
