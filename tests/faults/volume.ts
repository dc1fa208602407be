import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PIECE = Buffer.alloc(256 * 1024);

/** A small volume of its own where this account may make one (`mounted`), else a plain folder. */
export function smallVolume(megabytes: number) {
  const folder = mkdtempSync(path.join(tmpdir(), 'sapoche-volume-'));
  chmodSync(folder, 0o755); // the account that PostgreSQL runs as has to get in
  const options = `size=${megabytes}m,mode=755`;
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  const filler = path.join(folder, 'filler');
  return {
    folder,
    mounted,
    /** Takes all the room that is left. */
    fill: () => {
      try {
        for (;;) writeFileSync(filler, PIECE, { flag: 'a' });
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOSPC') throw error;
      }
    },
    /** Gives back what was taken. */
    empty: () => rmSync(filler, { force: true }),
    /** Lets it only be read, or be written again. */
    setReadOnly: (is: boolean) => spawnSync('mount', ['-o', `remount,${is ? 'ro' : 'rw'}`, folder]).status === 0,
    remove: () => {
      if (mounted) spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
