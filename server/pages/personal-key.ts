import 'server-only';
import { createHmac } from 'node:crypto';
import { env } from '@/server/platform/env';

/** The key of what a person keeps in a browser (drafts, sales on hold); only a page of a session of that person is given it. */
export const personalKey = (personId: string): string =>
  // The words of the key are those of its first use: with others, sales on hold would be lost at an update.
  createHmac('sha256', env().AUTH_SECRET).update(`held-sales:${personId}`).digest('base64');
