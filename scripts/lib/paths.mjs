import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where this instance keeps everything that is not source: database, secrets, files, logs. */
export const dataDir = path.resolve(root, process.env.PORTAL_DATA_DIR ?? '.data');

export const inRoot = (...parts) => path.join(root, ...parts);
export const inData = (...parts) => path.join(dataDir, ...parts);
export const bin = (name) => inRoot('node_modules', '.bin', name);
