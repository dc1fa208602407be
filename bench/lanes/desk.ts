import { createHash } from 'node:crypto';
import type { Tier } from '../../server/domain/tier';
import type { Overview } from '../../server/modules/core/operations/schema';
import type { UploadDetail, UploadProgress, UploadRow } from '../../server/modules/intake/uploads/schema';
import type { Page } from '../../server/platform/paging';
import { type Portal, signIn } from '../portal/client';
import { ordersCsv } from './sheet';

/** A customer of each tier in the demo business. */
const CUSTOMERS: Record<Tier, string> = { standard: 'KH004', vip1: 'KH001', svip1: 'KH002', svip2: 'KH003' };
const REST_WITHIN_MS = 20 * 60_000;
const LOOK_MS = 500;
const SAY_EVERY_MS = 15_000;
/** Looks in a row that must find nothing under way: between two of them an event may be on its way. */
const QUIET_LOOKS = 4;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Where an upload operator and an administrator sit at the running instance. */
export class Desk {
  readonly #operator: Portal;
  readonly #administrator: Portal;
  readonly #run = `LANES-${Date.now().toString(36)}`;
  #sheets = 0;
  #phone = Math.floor(Math.random() * 100_000_000);

  private constructor(operator: Portal, administrator: Portal) {
    this.#operator = operator;
    this.#administrator = administrator;
  }

  static async open(): Promise<Desk> {
    return new Desk(await signIn('upload-operator@sapoche.example'), await signIn('administrator@sapoche.example'));
  }

  /** Sends a new sheet and has it checked, so that only its commit is left; answers its id. */
  async prepare(tier: Tier, rows: number): Promise<string> {
    this.#sheets += 1;
    const reference = `${this.#run}-${this.#sheets}`;
    const content = ordersCsv({ reference, customer: CUSTOMERS[tier], rows, firstPhone: this.#phone });
    this.#phone += rows;
    const headers = {
      'x-file-name': `${reference}.csv`,
      'x-file-size': String(Buffer.byteLength(content)),
      'x-file-sha256': createHash('sha256').update(content).digest('hex'),
    };
    const { body } = await this.#operator.post('/api/uploads', { type: 'text/csv', content, headers });
    const { id } = JSON.parse(body) as { id: string };
    await this.#operator.mutate('uploads.check', { id });
    const checked = await this.#operator.query<UploadDetail>('uploads.byId', { id });
    if (checked.valid !== rows || checked.tier !== tier) {
      throw new Error(
        `${checked.valid} of ${rows} rows are right, of tier ${checked.tier}: is this the demo business?`,
      );
    }
    return id;
  }

  async commit(id: string): Promise<void> {
    await this.#operator.mutate('uploads.commit', { id, allOrNothing: false });
  }

  /** Commits an upload and watches it as its screen does; seconds until every row is written. */
  async write(id: string): Promise<number> {
    const begun = performance.now();
    await this.commit(id);
    let state = 'committing';
    for await (const progress of this.#operator.follow<UploadProgress>('uploads.progress', { id })) {
      state = progress.state;
    }
    if (state !== 'committed') throw new Error(`an upload ended as ${state}`);
    return (performance.now() - begun) / 1000;
  }

  /** Which of these uploads are not written yet; of `untouched` ones no row is. */
  async unwritten(ids: ReadonlySet<string>): Promise<{ left: number; untouched: number }> {
    const open: UploadRow[] = [];
    let cursor: string | null = null;
    do {
      const input = { state: 'committing', limit: 200, cursor };
      const page: Page<UploadRow> = await this.#operator.query('uploads.list', input);
      open.push(...page.rows.filter(({ id }) => ids.has(id)));
      cursor = page.nextCursor;
    } while (cursor);
    return { left: open.length, untouched: open.filter(({ written }) => written === 0).length };
  }

  /** Waits until nothing goes on in the background any more, and says so where that takes long. */
  async rest(): Promise<void> {
    const begun = Date.now();
    let sayAt = begun + SAY_EVERY_MS;
    for (let quiet = 0; quiet < QUIET_LOOKS; quiet += 1) {
      const left = await this.#underWay();
      if (left > 0) quiet = -1;
      if (Date.now() > begun + REST_WITHIN_MS) throw new Error(`the instance never came to rest: ${left} under way`);
      if (Date.now() > sayAt) {
        console.error(`waiting for earlier work in the background to end: ${left} under way`);
        sayAt = Date.now() + SAY_EVERY_MS;
      }
      await pause(LOOK_MS);
    }
  }

  /** Requests of runs that wait or are worked on, and events that wait to be delivered. */
  async #underWay(): Promise<number> {
    const { functions, causes } = await this.#administrator.query<Overview>('operations.overview');
    const waiting = causes.filter(({ kind }) => kind === 'events-waiting');
    return (
      functions.reduce((sum, { queued, running }) => sum + (queued ?? 0) + running, 0) +
      waiting.reduce((sum, { count }) => sum + count, 0)
    );
  }

  close(): void {
    this.#operator.close();
    this.#administrator.close();
  }
}
