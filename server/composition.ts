import { createLocalStorage } from './integrations/storage/local';
import { storage } from './integrations/storage/port';
import { env } from './platform/env';

/** The one place where ports meet their adapters. Every process of the portal calls it once: web, command line, tests. */
export function composePorts(): void {
  storage.bind(createLocalStorage(env().FILES_DIR));
}
