import { inData } from './paths.mjs';
import { applicationSettings } from './settings.mjs';

/**
 * What web, engine and command line are started with. Settings that the operator gave win over what was generated.
 * @param {{ settings: NodeJS.ProcessEnv, secrets: Record<string, string>, database: Record<string, string>,
 *   port: number, enginePort: number, workerPort: number | null }} parts
 */
export function composeEnvironment({ settings, secrets, database, port, enginePort, workerPort }) {
  const publicUrl = settings.PUBLIC_URL ?? settings.NEXTAUTH_URL ?? `http://localhost:${port}`;
  const generated = {
    AUTH_SECRET: secrets.authSecret,
    NEXTAUTH_SECRET: settings.AUTH_SECRET ?? secrets.authSecret,
    NEXTAUTH_URL: publicUrl,
    PUBLIC_URL: publicUrl,
    OTP_KEY: secrets.otpKey,
    LINK_KEY: secrets.linkKey,
    AUDIT_KEY: secrets.auditKey,
    DOCUMENT_KEY: secrets.documentKey,
    DEMO_PASSWORD: secrets.demoPassword,
    INNGEST_DEV: '0',
    INNGEST_BASE_URL: `http://127.0.0.1:${enginePort}`,
    INNGEST_SIGNING_KEY: secrets.inngestSigningKey,
    INNGEST_EVENT_KEY: secrets.inngestEventKey,
    // The embedded engine runs on this machine; a server elsewhere comes by the public address.
    INNGEST_SERVE_ORIGIN: settings.INNGEST_BASE_URL ? publicUrl : `http://127.0.0.1:${workerPort ?? port}`,
    FILES_DIR: inData('files'),
    NEXT_DIST_DIR: '.next',
    DIST_DIR: 'dist',
  };
  const given = Object.fromEntries(
    [...Object.keys(generated), ...applicationSettings]
      .filter((name) => settings[name])
      .map((name) => [name, settings[name]]),
  );
  return {
    ...generated,
    ...given,
    ...database,
    PORT: String(port),
    ENGINE_PORT: String(enginePort),
    ...(workerPort ? { WORKER_PORT: String(workerPort) } : {}),
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

/** Where the three roles reach an external database; one address may serve them all. */
export const externalDatabase = (settings) => ({
  DATABASE_URL: settings.DATABASE_URL,
  MIGRATION_DATABASE_URL: settings.MIGRATION_DATABASE_URL ?? settings.DATABASE_URL,
  ENGINE_DATABASE_URL: settings.ENGINE_DATABASE_URL ?? settings.DATABASE_URL,
});
