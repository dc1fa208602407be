#!/usr/bin/env node
// `npm start`: the whole portal from a fresh clone.
import { bootstrap } from './lib/install.mjs';

await bootstrap();
const { serve } = await import('./lib/serve.mjs');
await serve({ mode: 'start' });
