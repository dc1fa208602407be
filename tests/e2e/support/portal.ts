import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a command of the operator's command line against the instance under test; answers what it printed. */
export async function portal<T>(...words: string[]): Promise<T> {
  const { stdout } = await run(process.execPath, ['scripts/portal.mjs', ...words], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as T;
}

/** As `portal` where a refusal is expected: the exit code and the error that was printed. */
export async function portalRefusal(...words: string[]): Promise<{ status: number; code: string | undefined }> {
  try {
    await run(process.execPath, ['scripts/portal.mjs', ...words]);
    return { status: 0, code: undefined };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    const printed = stdout.trim() ? (JSON.parse(stdout) as { error?: { code: string } }) : {};
    return { status: code, code: printed.error?.code };
  }
}

export type BoxMessage = { at: string; channel: string; to: string; text: string };

/** Waits until the message box holds one for this address that fits, and answers the newest. */
export async function messageTo(address: string, fits: RegExp, notBefore: Date): Promise<BoxMessage> {
  for (let tries = 0; tries < 60; tries += 1) {
    const box = await portal<BoxMessage[]>('messages', 'list', '--to', address);
    const found = box.find((message) => fits.test(message.text) && new Date(message.at) >= notBefore);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`no message for ${address} in the box`);
}
