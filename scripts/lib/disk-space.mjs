import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { line, warn } from './say.mjs';

const MB = 1024 * 1024;
const LOOK_MS = 5000;
const WAIT_MS = 2000;

/** The folder itself, or the nearest one above it that exists. */
function standing(place) {
  let at = place;
  while (!existsSync(at) && at !== path.dirname(at)) at = path.dirname(at);
  return at;
}

/**
 * Why nothing can be written in a folder, as a sentence that says what to do, or null.
 * @param {{ name: string, place: string, needed: number }} volume `needed` in bytes
 */
export function problemOf({ name, place, needed }) {
  const at = standing(place);
  try {
    accessSync(at, constants.W_OK);
    const { bavail, bsize } = statfsSync(at);
    const free = bavail * bsize;
    if (free >= needed) return null;
    const [left, wanted] = [free, needed].map((bytes) => Math.floor(bytes / MB));
    return `The volume of the ${name} (${place}) is full: ${left} MB are free and ${wanted} MB are needed. Nothing is lost; it goes on by itself when there is room.`;
  } catch (error) {
    if (error.code === 'EROFS')
      return `The ${name} (${place}) can only be read: it goes on by itself when it can be written.`;
    return `The ${name} (${place}) cannot be used (${error.code}).`;
  }
}

/** Says what is wrong with volumes, and again when all is well. @returns {{ stop: () => void, look: () => string[] }} */
export function watchDiskSpace(volumes, say = { problem: warn, well: line }) {
  const reported = new Map();
  const look = () =>
    volumes.flatMap((volume) => {
      const problem = problemOf(volume);
      if (problem && !reported.has(volume.name)) say.problem(problem);
      if (!problem && reported.has(volume.name)) say.well(`The volume of the ${volume.name} has room again.`);
      if (problem) reported.set(volume.name, problem);
      else reported.delete(volume.name);
      return problem ? [problem] : [];
    });
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
}

/** Waits until a volume can be written, and says once why it waits. `isWanted` ends the waiting. */
export async function waitForDiskSpace(volume, isWanted = () => true) {
  for (let reported = false; isWanted(); reported = true) {
    const problem = problemOf(volume);
    if (!problem) return;
    if (!reported) warn(problem);
    await sleep(WAIT_MS);
  }
}
