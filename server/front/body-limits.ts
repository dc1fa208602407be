import { MAX_UPLOAD_BYTES } from '../modules/intake/uploads/schema';

/** What a route may be sent. `buffered`: read whole before the application sees anything of it, within `seconds`. */
export interface BodyLimit {
  bytes: number;
  seconds: number;
  buffered: boolean;
}

const KB = 1024;
const MB = 1024 * KB;

/** A step's request carries what the steps before it answered: ids and counts here, never rows. */
const BACKGROUND_BYTES = 16 * MB;

const form: BodyLimit = { bytes: 8 * KB, seconds: 10, buffered: true };

/** The first that fits. A code, a password, a language are small; a cart or a mapping is not large. */
const limits: [RegExp, BodyLimit][] = [
  [/^\/api\/uploads\/?$/, { bytes: MAX_UPLOAD_BYTES, seconds: 1800, buffered: false }],
  [/^\/api\/inngest\/?$/, { bytes: BACKGROUND_BYTES, seconds: 60, buffered: true }],
  [/^\/api\/trpc\//, { bytes: 512 * KB, seconds: 20, buffered: true }],
  [/^\//, form],
];

/** @param pathname as it stands in the request line */
export const bodyLimit = (pathname: string): BodyLimit => limits.find(([path]) => path.test(pathname))?.[1] ?? form;
