#!/usr/bin/env node
// `npm run dev`: the same portal from its sources, rebuilt as they change.
import { bootstrap } from './lib/install.mjs';

await bootstrap();
const { serve } = await import('./lib/serve.mjs');
await serve({ mode: 'dev' });
