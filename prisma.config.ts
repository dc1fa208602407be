import { defineConfig } from 'prisma/config';

// Only `prisma generate` reads this; migrations run through scripts/migrate.mjs.
export default defineConfig({ schema: 'prisma/schema' });
