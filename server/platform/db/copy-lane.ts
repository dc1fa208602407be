import { once } from 'node:events';
import type pg from 'pg';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';
import { databaseFailure } from '../database-failures';
import { PortalError } from '../errors';
import { copyText } from './copy-text';

const ENOUGH = 256 * 1024;

/** One COPY over a connection of its own, inside a transaction. */
export class CopyLane {
  readonly #client: pg.PoolClient;
  readonly #stream: CopyStreamQuery;
  #text = '';
  #failure: Error | undefined;
  #isReleased = false;

  constructor(client: pg.PoolClient, statement: string) {
    this.#client = client;
    this.#stream = client.query(copyFrom(statement));
    this.#stream.on('error', (error: Error) => {
      this.#failure = error;
    });
  }

  add(values: (string | null)[]): void {
    this.#text += `${values.map(copyText).join('\t')}\n`;
  }

  async flush(atLeast = ENOUGH): Promise<void> {
    if (this.#failure) throw this.#failure; // a broken stream drains no more
    if (this.#text.length < atLeast) return;
    const ready = this.#stream.write(this.#text);
    this.#text = '';
    if (!ready) await this.#until('drain');
  }

  /** A stream that closes under us has lost its connection, whatever Node calls it. */
  async #until(event: 'drain' | 'finish'): Promise<void> {
    await once(this.#stream, event).catch((cause: unknown) => {
      throw databaseFailure(cause) ? cause : new PortalError('unavailable', 'database_unavailable', { cause });
    });
  }

  #release(isBroken: boolean): void {
    if (!this.#isReleased) this.#client.release(isBroken);
    this.#isReleased = true;
  }

  /** `last` is said before the end, still inside the transaction. */
  async commit(last?: string): Promise<void> {
    await this.flush(1);
    this.#stream.end();
    await this.#until('finish');
    if (last) await this.#client.query(last);
    await this.#client.query('COMMIT');
    this.#release(false);
  }

  /** The connection is thrown away, and with it what it wrote and did not commit. */
  abandon(): void {
    this.#release(true);
  }
}
