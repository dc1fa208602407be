import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { ensureBuild } from './build.mjs';
import { programs } from './commands.mjs';
import { databaseUrls, provision, withClient } from './database.mjs';
import { ensureDemo } from './demo.mjs';
import { waitForDiskSpace, watchDiskSpace } from './disk-space.mjs';
import { composeEnvironment, externalDatabase } from './environment.mjs';
import { tryLock } from './lock.mjs';
import { connectionOf } from './migrations/driver.mjs';
import { pendingMigrations } from './migrations/pending.mjs';
import { dataDir, inData, inRoot } from './paths.mjs';
import { freePort, whyTaken } from './ports.mjs';
import { preparePostgres, superuser } from './postgres.mjs';
import { ensurePrismaClient } from './prisma-client.mjs';
import { answersHttp, respondsHttp } from './probe.mjs';
import { describe } from './process-identity.mjs';
import { mustRun, run, stopRunning } from './run.mjs';
import { removeRuntime, runningInstance, writeRuntime } from './runtime.mjs';
import { Refusal, stage } from './say.mjs';
import { ensureSecrets } from './secrets.mjs';
import { Service, stopOrphans } from './service.mjs';
import { readSettings } from './settings.mjs';

const DEFAULT_PORT = 3000;
const DEFAULT_ENGINE_PORT = 8288;

/** What a start and an hour's work want: some segments of the database's log, a sheet of the largest size. */
const FREE_BYTES = 64 * 1024 * 1024;
const volume = (name, place) => ({ name, place, needed: FREE_BYTES });

/** The preferred port when it is free, else the one of last time, so that addresses outlive a restart, else any. */
async function choosePort(name, preferred) {
  const file = inData('ports.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const port = await freePort([preferred, known[name]]);
  if (known[name] !== port) writeFileSync(file, `${JSON.stringify({ ...known, [name]: port })}\n`);
  return port;
}

/** Files of patients, logs, notes: for the account of the portal alone. Earlier versions made them open to all. */
const CLOSED = ['files', 'logs', 'pids'];

/** Everything in the data folder has to be writable; the database's own folder belongs to the account it runs as. */
function openDataFolder() {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 }); // PostgreSQL's own account has to pass through
    for (const name of CLOSED) if (existsSync(inData(name))) chmodSync(inData(name), 0o700);
  } catch (error) {
    throw new Refusal(`${dataDir} cannot be made (${error.code}).`);
  }
  const inside = ['', ...readdirSync(dataDir), ...(existsSync(inData('logs')) ? readdirSync(inData('logs')) : [])];
  const foreign = inside
    .filter((name) => !name.startsWith('postgres'))
    .map((name) => (name.endsWith('.log') ? inData('logs', name) : inData(name)))
    .find((place) => existsSync(place) && !isWritable(place));
  if (foreign)
    throw new Refusal(`${foreign} belongs to another user: start as that user, or give the folder to this one.`);
}

function isWritable(place) {
  try {
    accessSync(place, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function takeLock() {
  const lock = tryLock(inData('lock'));
  if ('release' in lock) return lock;
  const at = runningInstance()?.url;
  throw new Refusal(`The portal already runs here${at ? ` at ${at}` : ''} (process ${lock.holder.pid}).`);
}

async function refuseTakenPort(port) {
  const code = await whyTaken(port);
  if (code === 'EACCES') throw new Refusal(`Port ${port} is only for root: set PORT to one above 1023.`);
  if (code) throw new Refusal(`Port ${port} is taken by another program: stop it, or set PORT to a free one.`);
}

/** The whole portal on one machine: database, engine and web, supervised. */
export class Instance {
  #services = [];
  #lock = null;
  #stopping = null;
  #announced = false;
  #room = null;

  /** @param {{ mode: 'start' | 'dev' }} options */
  constructor({ mode }) {
    this.mode = mode;
  }

  /** Brings everything up, a stage at a time. Throws a `Refusal` when a person has to do something first. */
  async start() {
    await waitForDiskSpace(volume('data folder', dataDir), () => !this.#stopping);
    openDataFolder();
    this.#lock = takeLock();
    this.settings = readSettings();
    this.embedded = !this.settings.DATABASE_URL;
    this.ownEngine = !this.settings.INNGEST_BASE_URL;
    await this.#clearUp();
    await this.#step('secrets', () => this.#makeSecrets());
    await this.#step('database', () => this.#openDatabase());
    await this.#step('client', ensurePrismaClient);
    await this.#step('settings', () => this.#composeEnvironment());
    this.#watchVolumes();
    await this.#step('migrations', () => this.#migrate());
    if (this.mode === 'start') await this.#step('build', () => ensureBuild(this.environment));
    await this.#step('web', () => this.#startWeb());
    if (this.environment.WORKER_PORT) await this.#step('worker', () => this.#startWorker());
    if (this.ownEngine) await this.#step('engine', () => this.#startEngine()); // after whom it asks for the functions
    this.#announced = true;
    this.#announce();
    if (this.settings.PORTAL_DEMO !== '0') await this.#step('demo business', () => this.#loadDemo());
  }

  /** Stops everything, the last first; what is under way is ended. */
  stop() {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  get isStopping() {
    return this.#stopping !== null;
  }

  get url() {
    return this.environment.PUBLIC_URL;
  }

  async #stopAll() {
    stopRunning('start');
    this.#room?.stop();
    for (const service of this.#services.toReversed()) await service.stop();
    if (!this.#lock) return;
    removeRuntime();
    this.#lock.release();
  }

  async #step(name, work) {
    if (this.#stopping) throw new Refusal('Stopped while starting.');
    await stage(name, work);
  }

  async #run(service) {
    service.options.onStart = () => this.#announce(); // its pid is another one after every start
    this.#services.push(service);
    await service.start();
  }

  async #clearUp() {
    const orphans = (await stopOrphans()).filter((name) => name !== 'postgres');
    this.port = Number(this.settings.PORT ?? DEFAULT_PORT);
    await refuseTakenPort(this.port);
    if (orphans.length > 0) await stage('cleaning', () => `stopped what was left running: ${orphans.join(', ')}`);
  }

  #makeSecrets() {
    const { secrets, made } = ensureSecrets();
    this.secrets = secrets;
    return made > 0 ? 'generated' : 'kept';
  }

  async #openDatabase() {
    if (!this.embedded) return this.#reachExternalDatabase();
    const { postgresPassword } = this.secrets;
    const { service, port, fresh, data } = await preparePostgres({
      directory: inData('postgres'),
      choosePort: () => choosePort('postgres'),
      password: postgresPassword,
    });
    this.databaseFolder = data;
    await this.#run(service);
    await provision((database) => superuser(port, postgresPassword, database), this.secrets);
    this.database = databaseUrls(port, this.secrets);
    return `embedded PostgreSQL on port ${port}${fresh ? ', newly initialised' : ''}`;
  }

  async #reachExternalDatabase() {
    this.database = externalDatabase(this.settings);
    for (const [name, url] of Object.entries(this.database)) {
      const { host, port } = connectionOf(url);
      try {
        await withClient({ ...connectionOf(url), connectionTimeoutMillis: 5000 }, (client) => client.query('SELECT 1'));
      } catch (error) {
        throw new Refusal(
          `${name}: the database at ${host}:${port} does not let us in (${error.code ?? error.message}).`,
        );
      }
    }
    return 'external';
  }

  async #composeEnvironment() {
    const wanted = Number(this.settings.ENGINE_PORT ?? DEFAULT_ENGINE_PORT);
    const enginePort = this.ownEngine ? await choosePort('engine', wanted) : wanted;
    // A server elsewhere finds the functions at the public address; in development they change with the web.
    const apart = this.ownEngine && this.mode === 'start';
    const workerPort = apart ? await choosePort('worker', enginePort + 1) : null;
    const { settings, secrets, database, port } = this;
    this.environment = composeEnvironment({ settings, secrets, database, port, enginePort, workerPort });
    const { code, output } = await run(
      process.execPath,
      ['--import', 'tsx', inRoot('scripts/lib/check-settings.mjs')],
      {
        env: this.#childEnvironment(),
      },
    );
    if (code !== 0) throw new Refusal(output.trim().split('\n').at(-1));
    return 'valid';
  }

  /** Full volumes are reported here, where somebody can free space; what is stored on them retries by itself. */
  #watchVolumes() {
    const files = volume('files', this.environment.FILES_DIR);
    const database = this.databaseFolder ? [volume('database', this.databaseFolder)] : [];
    this.#room = watchDiskSpace([...database, files]);
  }

  async #migrate() {
    const pending = await pendingMigrations(this.environment.MIGRATION_DATABASE_URL);
    if (pending === 0) return 'up to date';
    await mustRun('Migrating the database', process.execPath, [inRoot('scripts/migrate.mjs'), 'deploy'], {
      env: this.#childEnvironment(),
    });
    return `${pending} applied`;
  }

  #childEnvironment() {
    const { PORTAL_STARTED_AT, ...inherited } = process.env;
    const NODE_ENV = this.mode === 'dev' ? 'development' : 'production';
    return { ...inherited, NODE_ENV, ...this.environment };
  }

  #program(name, port) {
    const [command, ...args] = programs[this.mode][name](this.environment);
    return { name, command, args, port: Number(port), env: this.#childEnvironment() };
  }

  async #startEngine() {
    const { ENGINE_PORT, INNGEST_SERVE_ORIGIN } = this.environment;
    const engine = this.#program('engine', ENGINE_PORT);
    engine.args.push('--app-url', `${INNGEST_SERVE_ORIGIN}/api/inngest`);
    const address = `http://127.0.0.1:${ENGINE_PORT}`;
    const isReady = () => answersHttp(`${address}/health`);
    await this.#run(
      new Service({ ...engine, isReady, responds: (withinMs) => respondsHttp(`${address}/live`, withinMs) }),
    );
    return `on port ${ENGINE_PORT}`;
  }

  async #startWeb() {
    const live = `http://127.0.0.1:${this.port}/health/live`;
    const responds = (withinMs) => respondsHttp(live, withinMs);
    await this.#run(new Service({ ...this.#program('web', this.port), isReady: () => answersHttp(live), responds }));
    return `on port ${this.port}`;
  }

  async #startWorker() {
    const { WORKER_PORT } = this.environment;
    const live = `http://127.0.0.1:${WORKER_PORT}/health/live`;
    const responds = (withinMs) => respondsHttp(live, withinMs);
    // It yields to all others, so that under load it may have no processor for many seconds.
    const worker = { ...this.#program('worker', WORKER_PORT), failures: 12 };
    await this.#run(new Service({ ...worker, isReady: () => answersHttp(live), responds }));
    return `on port ${WORKER_PORT}`;
  }

  #announce() {
    if (!this.#announced) return;
    const { mode, url, port, environment } = this;
    writeRuntime({
      mode,
      url,
      port,
      supervisor: describe(process.pid),
      services: Object.fromEntries(this.#services.map((service) => [service.name, service.pid])),
      environment,
    });
  }

  #loadDemo() {
    const { environment, embedded, mode } = this;
    return ensureDemo({ environment, embedded, command: programs[mode].portal(environment) });
  }
}
