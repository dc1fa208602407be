import { afterEach } from 'vitest';
import { commands } from 'vitest/browser';

/** The first answer to the first request, and so on; a request without one is left waiting. */
type NetworkAnswer = { status?: number; contentType?: string; body: string };
type NetworkRequest = { method: string; headers: Record<string, string> };

declare module 'vitest/browser' {
  interface BrowserCommands {
    axeProblems: () => Promise<string[]>;
    answerNetwork: (address: string, answers: NetworkAnswer[]) => Promise<void>;
    askedOfNetwork: () => Promise<NetworkRequest[]>;
    freeNetwork: () => Promise<void>;
  }
}

let answered = false;
afterEach(async () => {
  if (answered) await commands.freeNetwork();
  answered = false;
});

/** Answers what is not asked by `fetch`: uploads with their progress, and server-sent events. */
export async function networkAnswers(address: string, ...answers: NetworkAnswer[]): Promise<void> {
  answered = true;
  await commands.answerNetwork(address, answers);
}

/** What was asked there. */
export const askedOfNetwork = (): Promise<NetworkRequest[]> => commands.askedOfNetwork();

/** What axe finds wrong on the screen. */
export const axeProblems = (): Promise<string[]> => commands.axeProblems();
