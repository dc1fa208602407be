import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as schemaEngine from '@prisma/schema-engine-wasm/schema_engine_bg';
import { schemaFiles } from './files.mjs';

let panic = null;
let instantiated = null;

async function instantiate() {
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { './schema_engine_bg.js': schemaEngine });
  schemaEngine.__wbg_set_wasm(instance.exports);
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => {
      panic = message;
    },
  };
  instance.exports.__wbindgen_start();
}

/**
 * Prisma's migration engine as WebAssembly: nothing native is downloaded.
 * @returns the engine, and `explain`, which finds the words for an error that it threw
 */
export async function loadEngine(factory) {
  instantiated ??= instantiate(); // a second instance would pull the memory from under the first one's timers
  await instantiated;
  const bound = bindMigrationAwareSqlAdapterFactory(factory);
  const datamodels = schemaFiles().map((file) => [file.path, file.content]);
  const engine = await schemaEngine.SchemaEngine.new({ datamodels }, () => {}, bound);
  const explain = (error) => {
    const kept = bound.errorRegistry?.consumeError?.(error?.code);
    return panic ?? kept?.error?.message ?? error?.message ?? String(error);
  };
  return { engine, explain };
}
