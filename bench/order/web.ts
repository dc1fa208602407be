// What the web process costs, as the system counts it.
import { readFileSync } from 'node:fs';
import { runningInstance } from '../../scripts/lib/runtime.mjs';

const TICKS_PER_SECOND = 100;

type Running = { services: Record<string, number> };

/** The process of a service of the running instance, or undefined where it runs elsewhere. */
export const processOf = (name: string): number | undefined =>
  (runningInstance() as unknown as Running | null)?.services[name];

/** Seconds of processor time that a process has used. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Memory that a process holds just now, in MB. */
export const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** What of one core a process uses over so many seconds, in percent. */
export async function cpuPercent(pid: number, seconds: number): Promise<number> {
  const before = cpuSeconds(pid);
  const begun = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return ((cpuSeconds(pid) - before) / ((performance.now() - begun) / 1000)) * 100;
}
